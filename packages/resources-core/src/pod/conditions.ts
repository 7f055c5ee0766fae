import type { Pod, PodCondition } from '@orlop/kubernetes-schema/core/v1';

/** Sets a condition; its time moves only when its status does. Changes `pod`. */
export function setPodCondition(
  pod: Pod,
  change: Pick<PodCondition, 'type' | 'status' | 'reason' | 'message'>,
  now: string,
): void {
  const conditions = pod.status.conditions ?? [];
  const index = conditions.findIndex(({ type }) => type === change.type);
  const old = conditions[index];
  const condition: PodCondition = {
    ...change,
    lastProbeTime: null,
    lastTransitionTime: old?.status === change.status ? old.lastTransitionTime : now,
  };
  pod.status.conditions = index < 0 ? [...conditions, condition] : conditions.with(index, condition);
}
