import type { FieldErrorList } from '@orlop/apimachinery';
import type { Pod, PodSpec } from '@orlop/kubernetes-schema/core/v1';
import { each, field, provide, rules } from '@orlop/rest/rules';
import { podGates, tolerationRules } from '../pod-template/index.ts';
import { makePodScope, podScope } from '../pod-template/pod-scope.ts';

const place = { isPod: true, podName: '' } as const;

/** The tolerations of a pod alone: a change of them is looked at once more. */
const specTolerations = rules<PodSpec>((at) => [
  provide(
    podScope,
    (spec, context, path) => makePodScope(spec, path, context, place),
    field(at.tolerations, each(tolerationRules)),
  ),
]);

const podTolerations = rules<Pod>((at) => [field(at.spec, specTolerations)]);

export function tolerationErrors(pod: Pod, old: Pod): FieldErrorList {
  return podTolerations.validate(pod, undefined, { operation: 'update', old, gates: podGates });
}
