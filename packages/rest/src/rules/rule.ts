import type { FieldError, FieldErrorList, FieldPath } from '@orlop/apimachinery';
import type { FeatureGates } from './feature-gates.ts';

/** What a check found: nothing, one error or several. */
export type Verdict = FieldError | FieldErrorList | undefined;

/** One demand on a value, as data: name and arguments for readers, `check` for the machine. */
export interface Rule<in V> {
  /** Name, e.g. `required`, `range`. */
  readonly rule: string;
  /** What the rule was made with; nested rules stand here too. */
  readonly args: readonly unknown[];
  /** Whether the rule is asked about absent fields (undefined, null). @default false */
  readonly absent?: boolean;
  /** Whether the later rules of the field are skipped once this one has complained. @default false */
  readonly stops?: boolean;
  /** `path` is lazy: its text is made only when an error is. With `absent`, `value` may be undefined. */
  readonly check: (value: V, path: FieldPath, context: RuleContext) => Verdict;
}

/** A rule written where it is needed. `name` is for readers. */
export function rule<V>(
  name: string,
  check: Rule<V>['check'],
  options: { readonly absent?: boolean; readonly stops?: boolean } = {},
): Rule<V> {
  return { rule: name, args: [], check, ...options };
}

/** What a check may look at besides its value. */
export interface RuleContext {
  readonly operation: 'create' | 'update';
  /** The value at the same place of the old object; undefined on create, when it was absent, and inside lists. */
  readonly old: unknown;
  /** `apiVersion` the request speaks. */
  readonly version: string;
  readonly gates: FeatureGates;
  /** What an enclosing `provide` computed. Throws when nothing did. */
  scope<S>(scope: Scope<S>): S;
}

declare const scopeType: unique symbol;

/** A name for something computed once at an outer object and asked for by rules of inner ones: the volumes of a pod, say. */
export interface Scope<out S> {
  readonly name: string;
  /** Never there at run time. */
  readonly [scopeType]?: S;
}

export function scope<S>(name: string): Scope<S> {
  return { name };
}
