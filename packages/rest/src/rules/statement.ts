import { type FieldErrorList, type FieldPath, fieldPath } from '@orlop/apimachinery';
import { type FieldHandle, namesOf, valueAt } from './field-handle.ts';
import type { Rule, RuleContext, Scope, Verdict } from './rule.ts';
import { withOld, withScope } from './rule-context.ts';

/** One line of a set of rules. Lines run in the order in which they are written, which is the order of the errors. */
export type Statement<T> = FieldStatement | CheckStatement<T> | WhenStatement<T> | ProvideStatement<T>;

export interface FieldStatement {
  readonly kind: 'field';
  /** Names on the way to the field. */
  readonly path: readonly string[];
  readonly rules: readonly Rule<never>[];
}

export interface CheckStatement<in T> {
  readonly kind: 'check';
  /** Name of the check, for readers. */
  readonly rule: string;
  readonly check: (value: T, path: FieldPath | undefined, context: RuleContext) => Verdict;
}

export interface WhenStatement<in T> {
  readonly kind: 'when';
  readonly condition: (value: T, context: RuleContext) => boolean;
  readonly statements: readonly Statement<T>[];
}

export interface ProvideStatement<in T> {
  readonly kind: 'provide';
  readonly scope: Scope<unknown>;
  readonly compute: (value: T, context: RuleContext, path: FieldPath | undefined) => unknown;
  readonly statements: readonly Statement<T>[];
}

/** Rules of one field. Absent fields are only shown to rules that ask for them (`required`). */
export function field<V>(handle: FieldHandle<V>, ...rules: readonly Rule<NoInfer<V>>[]): FieldStatement {
  return { kind: 'field', path: namesOf(handle), rules: rules as readonly Rule<never>[] };
}

/** A demand on the object as a whole: fields that depend on each other. `path` is that of the object, undefined at the root: see {@link below}. */
export function check<T>(
  demand: (value: T, path: FieldPath | undefined, context: RuleContext) => Verdict,
  name?: string,
): CheckStatement<T> {
  return { kind: 'check', rule: name ?? (demand.name === '' ? 'check' : demand.name), check: demand };
}

/** Statements that only hold under a condition on the object. */
export function when<T>(
  condition: (value: T, context: RuleContext) => boolean,
  ...statements: readonly Statement<T>[]
): WhenStatement<T> {
  return { kind: 'when', condition, statements };
}

/** Computes something once and shows it to all rules within the statements. */
export function provide<T, S>(
  scope: Scope<S>,
  compute: (value: T, context: RuleContext, path: FieldPath | undefined) => S,
  ...statements: readonly Statement<T>[]
): ProvideStatement<T> {
  return { kind: 'provide', scope, compute, statements };
}

/** The path of a field below an object that may be the root. */
export function below(path: FieldPath | undefined, first: string, ...more: readonly string[]): FieldPath {
  const start = path === undefined ? fieldPath(first) : path.child(first);
  return more.length === 0 ? start : start.child(...more);
}

/** Adds what a check found to `errors`; whether it found anything. */
export function collect(verdict: Verdict, errors: FieldErrorList): boolean {
  if (verdict === undefined) return false;
  if (!Array.isArray(verdict)) {
    errors.push(verdict);
    return true;
  }
  for (const error of verdict) errors.push(error);
  return verdict.length > 0;
}

/** Runs statements on one object. */
export function run<T>(
  statements: readonly Statement<T>[],
  value: T,
  path: FieldPath | undefined,
  context: RuleContext,
  errors: FieldErrorList,
): void {
  for (const statement of statements) {
    switch (statement.kind) {
      case 'field':
        runField(statement, value, path, context, errors);
        break;
      case 'check':
        collect(statement.check(value, path, context), errors);
        break;
      case 'when':
        if (statement.condition(value, context)) run(statement.statements, value, path, context, errors);
        break;
      case 'provide': {
        const inner = withScope(context, statement.scope, statement.compute(value, context, path));
        run(statement.statements, value, path, inner, errors);
        break;
      }
    }
  }
}

function runField(
  { path: names, rules }: FieldStatement,
  object: unknown,
  path: FieldPath | undefined,
  context: RuleContext,
  errors: FieldErrorList,
): void {
  const value = valueAt(object, names);
  const absent = value === undefined || value === null;
  let here: FieldPath | undefined;
  let inner: RuleContext | undefined;
  for (const rule of rules) {
    if (absent && rule.absent !== true) continue;
    here ??= names.length === 0 && path !== undefined ? path : below(path, names[0] ?? '', ...names.slice(1));
    inner ??= context.old === undefined ? context : withOld(context, valueAt(context.old, names) ?? undefined);
    const found = collect((rule as Rule<unknown>).check(absent ? undefined : value, here, inner), errors);
    if (found && rule.stops === true) return;
  }
}
