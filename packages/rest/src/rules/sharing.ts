import { type FieldErrorList, fieldError } from '@orlop/apimachinery';
import type { Rule, RuleContext, Scope } from './rule.ts';
import { withScope } from './rule-context.ts';
import { collect } from './statement.ts';

/**
 * Runs rules with something made afresh that they all see: the names met so far in a list, say. `make` is given the value
 * and the context of the rules around.
 */
export function sharing<V, S>(
  scope: Scope<S>,
  make: (value: V, context: RuleContext) => S,
  ...rules: readonly Rule<V>[]
): Rule<V> {
  return {
    rule: 'sharing',
    args: rules,
    check(value, path, context) {
      const errors: FieldErrorList = [];
      const inner = withScope(context, scope, make(value, context));
      for (const rule of rules) {
        if (collect(rule.check(value, path, inner), errors) && rule.stops === true) break;
      }
      return errors;
    },
  };
}

/**
 * Every value that this rule meets within one `sharing` differs. Unlike `uniqueBy` it complains among the other errors of
 * its item, which is the order in which clients see them.
 */
export function uniqueWithin(seen: Scope<Set<string>>): Rule<string> {
  return {
    rule: 'unique',
    args: [seen.name],
    check(value, path, context) {
      const values = context.scope(seen);
      if (values.has(value)) return fieldError.duplicate(path, value);
      values.add(value);
      return undefined;
    },
  };
}
