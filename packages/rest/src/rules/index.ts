/** Validation and defaults as data: rules over typed handles. */

// Naming a field
export { type FieldHandle, type Handle, handleOf, namesOf, readerOf, valueAt } from './field-handle.ts';

// Declaring the rules of a type
export { type Rules, rules } from './rules.ts';
export type { Rule, RuleContext, Scope, Verdict } from './rule.ts';
export { rule, scope } from './rule.ts';
export type { RuleRequest } from './rule-context.ts';
export {
  below,
  type CheckStatement,
  check,
  type FieldStatement,
  field,
  type ProvideStatement,
  provide,
  type Statement,
  type WhenStatement,
  when,
} from './statement.ts';
export { type UnionMember, union } from './unions.ts';

// Rules of a field: presence and change
export { forbidden, immutable, present, required, requiredBecause } from './presence.ts';
export { sameValue } from './same-value.ts';

// Rules of numbers, texts, quantities, lists and maps
export { atLeast, nonNegative, nonZero, portNumber, positive, range } from './numbers.ts';
export {
  dns1035Label,
  dnsLabel,
  dnsSubdomain,
  labelValue,
  maxBytes,
  qualifiedName,
  supported,
  textRule,
} from './texts.ts';
export { each, eachEntry, maxItems, uniqueBy, uniqueItems } from './lists.ts';
export { sharing, uniqueWithin } from './sharing.ts';

// Defaults
export {
  type Adjustment,
  adjust,
  type ComputedDefault,
  type ConditionalDefaults,
  compute,
  type Defaults,
  type DefaultStatement,
  defaults,
  type NestedDefaults,
  type SetDefault,
  setDefault,
  whenDefault,
  within,
  withinEach,
} from './defaults.ts';

// Feature gates
export { type FeatureGates, gateOpen } from './feature-gates.ts';

// Reading rules
export { describeRules, type RuleDescription } from './describe-rules.ts';
