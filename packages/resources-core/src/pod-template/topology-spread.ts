import { type FieldErrorList, fieldError, fieldPath, validateLabelSelector } from '@orlop/apimachinery';
import type { TopologySpreadConstraint } from '@orlop/kubernetes-schema/core/v1';
import {
  check,
  field,
  positive,
  type Rule,
  type RuleContext,
  requiredBecause,
  rule,
  rules,
  supported,
} from '@orlop/rest/rules';
import { matchLabelKeys } from './match-label-keys.ts';
import { podScope } from './pod-scope.ts';

const policy = supported('Honor', 'Ignore');

const strict = { allowInvalidLabelValue: false };

/** A selector that was already bad is not looked at again. */
function hadBadSelector(context: RuleContext): boolean {
  const { old } = context.scope(podScope);
  return (old?.topologySpreadConstraints ?? []).some(
    ({ labelSelector }) => validateLabelSelector(labelSelector, strict, fieldPath('labelSelector')).length > 0,
  );
}

const constraintRules = rules<TopologySpreadConstraint>((at) => [
  field(at.maxSkew, positive),
  field(at.topologyKey, requiredBecause('can not be empty')),
  field(at.whenUnsatisfiable, supported('DoNotSchedule', 'ScheduleAnyway')),
]);

const furtherRules = rules<TopologySpreadConstraint>((at) => [
  field(at.minDomains, positive),
  check(function onlyStrict({ minDomains, whenUnsatisfiable }, path) {
    if (minDomains === undefined || whenUnsatisfiable === 'DoNotSchedule') return undefined;
    const detail = `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${whenUnsatisfiable}`;
    return fieldError.invalid(path!.child('minDomains'), minDomains, detail);
  }),
  field(at.nodeAffinityPolicy, policy),
  field(at.nodeTaintsPolicy, policy),
  check((constraint, path) => matchLabelKeys(constraint, path!), 'matchLabelKeys'),
  check(function selector({ labelSelector }, path, context) {
    return hadBadSelector(context)
      ? undefined
      : validateLabelSelector(labelSelector, strict, path!.child('labelSelector'));
  }),
]);

/** Constraints one by one; key and action together tell them apart. */
export const topologySpreadRule: Rule<readonly TopologySpreadConstraint[]> = rule(
  'topologySpread',
  (constraints, path, context) => {
    const errors: FieldErrorList = [];
    for (const [index, constraint] of constraints.entries()) {
      const here = path.index(index);
      const { topologyKey, whenUnsatisfiable } = constraint;
      errors.push(...constraintRules.validate(constraint, here, context));
      const repeated = constraints
        .slice(index + 1)
        .some((other) => other.topologyKey === topologyKey && other.whenUnsatisfiable === whenUnsatisfiable);
      if (repeated) {
        const at = here.child('{topologyKey, whenUnsatisfiable}');
        errors.push(fieldError.duplicate(at, `{${topologyKey}, ${whenUnsatisfiable}}`));
      }
      errors.push(...furtherRules.validate(constraint, here, context));
    }
    return errors;
  },
);
