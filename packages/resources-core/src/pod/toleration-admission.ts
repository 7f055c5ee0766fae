import type { Pod, Toleration } from '@orlop/kubernetes-schema/core/v1';
import type { AdmissionPlugin } from '@orlop/rest';
import { podOf } from './admitted-pod.ts';

export interface DefaultTolerationSecondsOptions {
  /** How long a pod stays on a node that is not ready, in seconds. @default 300 */
  readonly notReady?: number;
  /** How long a pod stays on a node that cannot be reached, in seconds. @default 300 */
  readonly unreachable?: number;
}

/** Pods that say nothing of failing nodes stay there for five minutes, then they are evicted. */
export function defaultTolerationSeconds(options: DefaultTolerationSecondsOptions = {}): AdmissionPlugin {
  const wanted: readonly (readonly [taint: string, seconds: number])[] = [
    ['node.kubernetes.io/not-ready', options.notReady ?? 300],
    ['node.kubernetes.io/unreachable', options.unreachable ?? 300],
  ];
  return {
    name: 'DefaultTolerationSeconds',
    operations: ['CREATE', 'UPDATE'],
    admit(attributes) {
      const pod = podOf(attributes);
      if (pod === undefined) return;
      const missing = wanted
        .filter(([taint]) => !tolerates(pod, taint))
        .map(([key, seconds]) => toleration(key, seconds));
      if (missing.length > 0) pod.spec.tolerations = [...(pod.spec.tolerations ?? []), ...missing];
    },
  };
}

/** An empty key or effect stands for all of them. */
function tolerates({ spec: { tolerations = [] } }: Pod, taint: string): boolean {
  return tolerations.some(({ key, effect }) => (!key || key === taint) && (!effect || effect === 'NoExecute'));
}

function toleration(key: string, tolerationSeconds: number): Toleration {
  return { key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds };
}
