import { type FieldErrorList, fieldError, isValidLabelValue, nameIsDNSSubdomain } from '@orlop/apimachinery';
import type {
  NodeAffinity,
  NodeSelector,
  NodeSelectorRequirement,
  NodeSelectorTerm,
  PreferredSchedulingTerm,
} from '@orlop/kubernetes-schema/core/v1';
import { check, each, field, qualifiedName, requiredBecause, rule, rules, scope, sharing } from '@orlop/rest/rules';
import { podScope } from './pod-scope.ts';

/** Whether values need not be label values: for preferences, and where they were bad before. */
const anyValue = scope<boolean>('any label value');

const requirementRules = rules<NodeSelectorRequirement>((at) => [
  check(function valuesOfOperator({ operator, values = [] }, path) {
    const here = path!.child('values');
    switch (operator) {
      case 'In':
      case 'NotIn':
        return values.length === 0
          ? fieldError.required(here, "must be specified when `operator` is 'In' or 'NotIn'")
          : undefined;
      case 'Exists':
      case 'DoesNotExist':
        return values.length > 0
          ? fieldError.forbidden(here, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")
          : undefined;
      case 'Gt':
      case 'Lt':
        return values.length !== 1
          ? fieldError.required(here, "must be specified single value when `operator` is 'Lt' or 'Gt'")
          : undefined;
      default:
        return fieldError.invalid(path!.child('operator'), operator, 'not a valid selector operator');
    }
  }),
  field(at.key, qualifiedName),
  field(
    at.values,
    rule('labelValues', (values, path, context) => {
      if (context.scope(anyValue)) return undefined;
      return values.flatMap((value, index) =>
        isValidLabelValue(value).map((detail) => fieldError.invalid(path.index(index), value, detail)),
      );
    }),
  ),
]);

/** Fields of nodes: only the name may be selected. */
const fieldRequirementRules = rules<NodeSelectorRequirement>(() => [
  check(function valuesOfOperator({ operator, values = [] }, path) {
    if (operator !== 'In' && operator !== 'NotIn') {
      return fieldError.invalid(path!.child('operator'), operator, 'not a valid selector operator');
    }
    return values.length === 1
      ? undefined
      : fieldError.required(
          path!.child('values'),
          "must be only one value when `operator` is 'In' or 'NotIn' for node field selector",
        );
  }),
  check(function onlyNames({ key, values = [] }, path): FieldErrorList {
    if (key !== 'metadata.name') return [fieldError.invalid(path!.child('key'), key, 'not a valid field selector key')];
    return values.flatMap((value, index) =>
      nameIsDNSSubdomain(value, false).map((detail) =>
        fieldError.invalid(path!.child('values').index(index), value, detail),
      ),
    );
  }),
]);

const termRules = rules<NodeSelectorTerm>((at) => [
  field(at.matchExpressions, each(requirementRules)),
  field(at.matchFields, each(fieldRequirementRules)),
]);

const nodeSelectorRules = rules<NodeSelector>((at) => [
  field(at.nodeSelectorTerms, requiredBecause('must have at least one node selector term'), each(termRules)),
]);

const preferredTermRules = rules<PreferredSchedulingTerm>((at) => [
  field(at.weight, weight()),
  field(at.preference, termRules),
]);

/** How much a preference counts. */
export function weight() {
  return rule<number>('weight', (value, path) =>
    value < 1 || value > 100 ? fieldError.invalid(path, value, 'must be in the range 1-100') : undefined,
  );
}

function hasBadValue(affinity: NodeAffinity | undefined): boolean {
  const terms = affinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  return terms.some(({ matchExpressions = [] }) =>
    matchExpressions.some(({ values = [] }) => values.some((value) => isValidLabelValue(value).length > 0)),
  );
}

export const nodeAffinityRules = rules<NodeAffinity>((at) => [
  field(
    at.requiredDuringSchedulingIgnoredDuringExecution,
    sharing(
      anyValue,
      (_selector, context) => hasBadValue(context.scope(podScope).old?.affinity?.nodeAffinity),
      nodeSelectorRules,
    ),
  ),
  field(
    at.preferredDuringSchedulingIgnoredDuringExecution,
    sharing(anyValue, () => true, each(preferredTermRules)),
  ),
]);
