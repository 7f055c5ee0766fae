import type { FieldErrorList, FieldPath } from '@orlop/apimachinery';
import { type Handle, handleOf } from './field-handle.ts';
import type { Rule, RuleContext } from './rule.ts';
import { contextFor, type RuleRequest } from './rule-context.ts';
import { run, type Statement } from './statement.ts';

/** The rules of one type. They are a rule themselves, so a type that embeds another names the other's rules. */
export interface Rules<in T> extends Rule<T> {
  readonly statements: readonly Statement<T>[];
  /** All errors of `value`, in written order. `path` is undefined for whole API objects. */
  validate(value: T, path: FieldPath | undefined, request: RuleRequest | RuleContext): FieldErrorList;
}

/**
 * Declares the rules of a type. The builder runs on first use, so types may refer to each other and rules that are
 * never needed cost nothing.
 */
export function rules<T>(build: (at: Handle<T>) => readonly Statement<T>[], name = 'rules'): Rules<T> {
  let built: readonly Statement<T>[] | undefined;
  const statements = () => {
    built ??= build(handleOf<T>());
    return built;
  };
  const validate = (value: T, path: FieldPath | undefined, request: RuleRequest | RuleContext) => {
    const errors: FieldErrorList = [];
    run(statements(), value, path, contextFor(request), errors);
    return errors;
  };
  return {
    rule: name,
    args: [],
    check: validate,
    validate,
    get statements() {
      return statements();
    },
  };
}
