import type { FieldPath } from '@orlop/apimachinery';
import type { PodSpec, Volume } from '@orlop/kubernetes-schema/core/v1';
import { below, type RuleContext, scope } from '@orlop/rest/rules';

/** What rules deep inside a pod must know of the whole. */
export interface PodScope {
  /** The spec is a Pod's own, not a template's. */
  readonly isPod: boolean;
  /** Name of the pod, when it has one. */
  readonly podName: string;
  readonly spec: PodSpec;
  /** The spec before the update; bad values that were already there are tolerated. */
  readonly old: PodSpec | undefined;
  /** Volumes without faults by name; filled by the rules of `volumes`, which run first. */
  readonly volumes: Map<string, Volume>;
  /** Names of `resourceClaims`. */
  readonly claimNames: ReadonlySet<string>;
  readonly hostUsers: boolean;
  /** The path of a field of the spec. */
  path(name: string): FieldPath;
}

export const podScope = scope<PodScope>('pod');

/** Names of containers met so far. */
export const containerNames = scope<Set<string>>('container names');

const none: ReadonlySet<string> = new Set();

export function makePodScope(
  spec: PodSpec,
  path: FieldPath | undefined,
  context: RuleContext,
  pod: { readonly isPod: boolean; readonly podName: string },
): PodScope {
  return {
    isPod: pod.isPod,
    podName: pod.podName,
    spec,
    old: context.old as PodSpec | undefined,
    volumes: new Map(),
    claimNames:
      spec.resourceClaims === undefined ? none : new Set(spec.resourceClaims.map(({ name }) => name).filter(Boolean)),
    hostUsers: spec.hostUsers !== false,
    path: (name) => below(path, name),
  };
}
