import type { Pod, PodAffinityTerm, TopologySpreadConstraint } from '@orlop/kubernetes-schema/core/v1';
import type { LabelSelector } from '@orlop/kubernetes-schema/meta/v1';

/**
 * Terms that name label keys mean "with the values this pod has". The values are written into their selectors when the pod
 * is created, so that schedulers need not look at the pod again. Changes `pod`.
 */
export function fillMatchedLabels({ metadata: { labels = {} }, spec }: Pod): void {
  const { podAffinity, podAntiAffinity } = spec.affinity ?? {};
  for (const affinity of [podAffinity, podAntiAffinity]) {
    const preferred = affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
    for (const { podAffinityTerm } of preferred) fillTerm(podAffinityTerm, labels);
    for (const term of affinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []) fillTerm(term, labels);
  }
  for (const constraint of spec.topologySpreadConstraints ?? []) fillConstraint(constraint, labels);
}

type Labels = Readonly<Record<string, string>>;

function fillTerm({ labelSelector, matchLabelKeys, mismatchLabelKeys }: PodAffinityTerm, labels: Labels): void {
  if (labelSelector === undefined) return;
  addRequirements(labelSelector, matchLabelKeys, 'In', labels);
  addRequirements(labelSelector, mismatchLabelKeys, 'NotIn', labels);
}

function fillConstraint({ labelSelector, matchLabelKeys }: TopologySpreadConstraint, labels: Labels): void {
  if (labelSelector !== undefined) addRequirements(labelSelector, matchLabelKeys, 'In', labels);
}

function addRequirements(
  selector: LabelSelector,
  keys: readonly string[] | undefined,
  operator: 'In' | 'NotIn',
  labels: Labels,
): void {
  const added = (keys ?? []).flatMap((key) => {
    const value = labels[key];
    return value === undefined ? [] : [{ key, operator, values: [value] }];
  });
  if (added.length > 0) selector.matchExpressions = [...(selector.matchExpressions ?? []), ...added];
}
