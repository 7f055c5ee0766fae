import { badRequest, formatTime, isConflict, newStatus, type Status, unclassified } from '@orlop/apimachinery';
import type { Pod } from '@orlop/kubernetes-schema/core/v1';
import { type Eviction, policyV1 } from '@orlop/kubernetes-schema/policy/v1';
import {
  type NamedCreater,
  type ResourceEnvironment,
  type ResourceStore,
  type SubresourceBody,
  settleDeleteOptions,
  type WireDeleteOptions,
} from '@orlop/rest';
import { setPodCondition } from './conditions.ts';

/** What `pods/eviction` takes. The old version has the same fields. */
export const evictionBody: SubresourceBody = { type: policyV1('Eviction'), readsVersions: ['policy/v1beta1'] };

/** Evicts pods; there is nothing to see but whether it worked. */
export interface PodEvictor extends NamedCreater<Eviction> {
  createNamed(...request: Parameters<NamedCreater<Eviction>['createNamed']>): Promise<Status>;
}

/** How often a pod is evicted anew that was written meanwhile. */
const attempts = 20;

/** POST on `pods/eviction`: says in the pod's conditions why it goes, and deletes it. */
export function evictionStorage(
  store: ResourceStore<Pod>,
  { runtime }: Pick<ResourceEnvironment, 'runtime'>,
): PodEvictor {
  return {
    kind: { group: 'policy', version: 'v1', kind: 'Eviction' },
    async createNamed(context, name, eviction, validate, { dryRun: rehearsed }) {
      if (eviction.metadata.name !== name) throw badRequest('name in URL does not match name in Eviction object');
      const wire = withDryRun(eviction.deleteOptions ?? {}, rehearsed);
      const dryRun = (wire.dryRun ?? []).length > 0;
      await validate(eviction, undefined);

      const evict = async (): Promise<void> => {
        const { object } = await store.get(context, name, { resourceVersion: '' });
        let { preconditions } = wire;
        // A pod that has not run yet must not have begun to meanwhile.
        if (object.status.phase === 'Pending' && object.metadata.deletionTimestamp === undefined) {
          preconditions = { resourceVersion: object.metadata.resourceVersion ?? '', ...preconditions };
        }
        if (!dryRun && meets(object, preconditions)) {
          const written = await store.mutate(
            context,
            name,
            (pod) => markEvicted(pod, formatTime(runtime.clock.now())),
            {
              dryRun,
            },
          );
          // The mark was a write of our own: the version that was named has become this one.
          if (preconditions?.resourceVersion !== undefined) {
            preconditions = { ...preconditions, resourceVersion: String(written.revision) };
          }
        }
        const options = settleDeleteOptions({ ...wire, ...(preconditions && { preconditions }) });
        await store.delete(context, name, () => undefined, options);
      };

      const named = wire.preconditions ?? {};
      for (let attempt = 1; ; attempt++) {
        try {
          await evict();
          return newStatus({ status: 'Success', code: 201 });
        } catch (error) {
          // What the client itself demanded does not come true by trying again.
          if (!isConflict(error) || named.uid !== undefined || named.resourceVersion !== undefined) throw error;
          if (attempt === attempts) throw error;
        }
      }
    },
  };
}

/** A dry run may be asked for in the query and in the body; who asks in both must mean the same. */
function withDryRun(wire: WireDeleteOptions, rehearsed: boolean): WireDeleteOptions {
  const inBody = wire.dryRun ?? [];
  if (!rehearsed) return wire;
  if (inBody.length > 0 && (inBody.length > 1 || inBody[0] !== 'All')) {
    throw unclassified(`Non-matching dry-run options in request and content: [All] and [${inBody.join(' ')}]`);
  }
  return { ...wire, dryRun: ['All'] };
}

function meets({ metadata }: Pod, preconditions: WireDeleteOptions['preconditions']): boolean {
  const { uid, resourceVersion } = preconditions ?? {};
  if (uid !== undefined && uid !== metadata.uid) return false;
  return resourceVersion === undefined || resourceVersion === metadata.resourceVersion;
}

function markEvicted(pod: Pod, now: string): void {
  const type = 'DisruptionTarget';
  const change = { type, status: 'True', reason: 'EvictionByEvictionAPI', message: 'Eviction API: evicting' };
  const old = pod.status.conditions?.find((condition) => condition.type === type);
  setPodCondition(pod, change, now);
  const condition = pod.status.conditions?.find((one) => one.type === type);
  if (condition !== undefined && old?.observedGeneration) condition.observedGeneration = old.observedGeneration;
}
