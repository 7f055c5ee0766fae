import { fieldError, nameIsDNSLabel, validateLabelSelector } from '@orlop/apimachinery';
import type {
  Affinity,
  PodAffinity,
  PodAffinityTerm,
  PodSpec,
  WeightedPodAffinityTerm,
} from '@orlop/kubernetes-schema/core/v1';
import type { LabelSelector } from '@orlop/kubernetes-schema/meta/v1';
import { check, each, field, qualifiedName, type Rule, requiredBecause, rule, rules } from '@orlop/rest/rules';
import { matchLabelKeys } from './match-label-keys.ts';
import { nodeAffinityRules, weight } from './node-affinity.ts';
import { podScope } from './pod-scope.ts';

const strict = { allowInvalidLabelValue: false };

function* selectorsOf(spec: PodSpec): Generator<LabelSelector> {
  for (const affinity of [spec.affinity?.podAffinity, spec.affinity?.podAntiAffinity]) {
    const terms = [
      ...(affinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
      ...(affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(
        ({ podAffinityTerm }) => podAffinityTerm,
      ),
    ];
    for (const { labelSelector, namespaceSelector } of terms) {
      if (labelSelector !== undefined) yield labelSelector;
      if (namespaceSelector !== undefined) yield namespaceSelector;
    }
  }
}

/** Bad values of a selector are tolerated where the pod had some already. */
const podSelector: Rule<LabelSelector> = rule('labelSelector', (selector, path, context) => {
  const { old } = context.scope(podScope);
  const tolerant =
    old !== undefined && [...selectorsOf(old)].some((before) => validateLabelSelector(before, strict, path).length > 0);
  return validateLabelSelector(selector, { allowInvalidLabelValue: tolerant }, path);
});

const termRules = rules<PodAffinityTerm>((at) => [
  field(at.labelSelector, podSelector),
  field(at.namespaceSelector, podSelector),
  check(function namespaceNames({ namespaces = [] }, path) {
    return namespaces.flatMap((name) =>
      nameIsDNSLabel(name, false).map((detail) => fieldError.invalid(path!.child('namespace'), name, detail)),
    );
  }),
  check((term, path) => matchLabelKeys(term, path!), 'matchLabelKeys'),
  field(at.topologyKey, { ...requiredBecause('can not be empty'), stops: false }, qualifiedName),
]);

const weightedTermRules = rules<WeightedPodAffinityTerm>((at) => [
  field(at.weight, weight()),
  field(at.podAffinityTerm, termRules),
]);

/** Affinity and anti-affinity look alike. */
const podAffinityRules = rules<PodAffinity>((at) => [
  field(at.requiredDuringSchedulingIgnoredDuringExecution, each(termRules)),
  field(at.preferredDuringSchedulingIgnoredDuringExecution, each(weightedTermRules)),
]);

export const affinityRules = rules<Affinity>((at) => [
  field(at.nodeAffinity, nodeAffinityRules),
  field(at.podAffinity, podAffinityRules),
  field(at.podAntiAffinity, podAffinityRules),
]);
