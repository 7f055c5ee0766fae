import { type FieldPath, isValidLabelValue } from '@orlop/apimachinery';
import type { NodeSelectorTerm, PodSpec } from '@orlop/kubernetes-schema/core/v1';

/** Labels of nodes that have a successor, and what to say of them. */
const deprecatedLabels: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'beta.kubernetes.io/arch': 'deprecated since v1.14; use "kubernetes.io/arch" instead',
    'beta.kubernetes.io/os': 'deprecated since v1.14; use "kubernetes.io/os" instead',
    'failure-domain.beta.kubernetes.io/region': 'deprecated since v1.17; use "topology.kubernetes.io/region" instead',
    'failure-domain.beta.kubernetes.io/zone': 'deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
    'beta.kubernetes.io/instance-type': 'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead',
    'app.kubernetes.io/created-by': 'deprecated since v1.9',
    'scheduler.alpha.kubernetes.io/preferAvoidPods': 'deprecated since v1.22; use Taints and Tolerations instead',
    'node-role.kubernetes.io/master': 'use "node-role.kubernetes.io/control-plane" instead',
  }),
);

/** Deprecated labels that decide where pods go, and spread constraints that select nothing. */
export function nodeLabelWarnings(spec: PodSpec, path: FieldPath): readonly string[] {
  const warnings: string[] = [];
  for (const key of Object.keys(spec.nodeSelector ?? {}).sort()) {
    const why = deprecatedLabels.get(key);
    if (why !== undefined) warnings.push(`${path.child('nodeSelector').key(key)}: ${why}`);
  }
  const affinity = path.child('affinity', 'nodeAffinity');
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  for (const [index, term] of (required?.nodeSelectorTerms ?? []).entries()) {
    const at = affinity.child('requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms').index(index);
    warnings.push(...termWarnings(term, false, at));
  }
  const preferred = spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution;
  for (const [index, { preference }] of (preferred ?? []).entries()) {
    const at = affinity.child('preferredDuringSchedulingIgnoredDuringExecution').index(index).child('preference');
    warnings.push(...termWarnings(preference, true, at));
  }
  for (const [index, { topologyKey, labelSelector }] of (spec.topologySpreadConstraints ?? []).entries()) {
    const at = path.child('topologySpreadConstraints').index(index);
    const why = deprecatedLabels.get(topologyKey);
    if (why !== undefined) warnings.push(`${at.child('topologyKey')}: ${topologyKey} is ${why}`);
    if (labelSelector === undefined) {
      warnings.push(`${at.child('labelSelector')}: a null labelSelector results in matching no pod`);
    }
  }
  return warnings;
}

function termWarnings({ matchExpressions = [] }: NodeSelectorTerm, checkValues: boolean, path: FieldPath): string[] {
  const warnings: string[] = [];
  for (const [index, { key, values = [] }] of matchExpressions.entries()) {
    const at = path.child('matchExpressions').index(index);
    const why = deprecatedLabels.get(key);
    if (why !== undefined) warnings.push(`${at.child('key')}: ${key} is ${why}`);
    if (!checkValues) continue;
    for (const [valueIndex, value] of values.entries()) {
      for (const complaint of isValidLabelValue(value)) {
        warnings.push(`${at.child('values').index(valueIndex)}: ${value} is invalid, ${complaint}`);
      }
    }
  }
  return warnings;
}
