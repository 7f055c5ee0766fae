import type { Rule } from './rule.ts';
import type { Rules } from './rules.ts';
import type { Statement } from './statement.ts';

/** One rule of a field, as documentation shows it. */
export interface RuleDescription {
  /** `spec.ports[*].name`; empty for the object itself. */
  readonly path: string;
  readonly rule: string;
  readonly args: readonly unknown[];
  /** The rule holds only under a condition. */
  readonly conditional: boolean;
}

/** Every rule of a type and of the types within, flat, in the order in which they run. Recursive types are entered once. */
export function describeRules<T>(rules: Rules<T>): readonly RuleDescription[] {
  const found: RuleDescription[] = [];
  describeStatements(rules.statements as readonly Statement<never>[], '', false, [rules as Rules<never>], found);
  return found;
}

function describeStatements(
  statements: readonly Statement<never>[],
  path: string,
  conditional: boolean,
  within: readonly Rules<never>[],
  found: RuleDescription[],
): void {
  for (const statement of statements) {
    if (statement.kind === 'check') found.push({ path, rule: statement.rule, args: [], conditional });
    else if (statement.kind === 'when') describeStatements(statement.statements, path, true, within, found);
    else if (statement.kind === 'provide') describeStatements(statement.statements, path, conditional, within, found);
    else {
      const here = [path, ...statement.path].filter((name) => name !== '').join('.');
      for (const rule of statement.rules) describeRule(rule, here, conditional, within, found);
    }
  }
}

/** Rules that only hand on to the rules in their arguments, and what they add to the path. */
const containers: Readonly<Record<string, string>> = { each: '[*]', eachEntry: '{*}', sharing: '' };

function describeRule(
  rule: Rule<never>,
  path: string,
  conditional: boolean,
  within: readonly Rules<never>[],
  found: RuleDescription[],
): void {
  const nested = rule as Partial<Rules<never>> & Rule<never>;
  if (nested.validate !== undefined && nested.statements !== undefined) {
    const rules = nested as Rules<never>;
    if (!within.includes(rules)) describeStatements(rules.statements, path, conditional, [...within, rules], found);
    return;
  }
  const inner = containers[rule.rule];
  if (inner === undefined) found.push({ path, rule: rule.rule, args: rule.args, conditional });
  else
    for (const item of rule.args as readonly Rule<never>[])
      describeRule(item, path + inner, conditional, within, found);
}
