import { type Binding, coreV1 } from '@orlop/kubernetes-schema/core/v1';
import type { ResourceBody } from '@orlop/rest';
import { bindingsStorage } from './storage.ts';

/** The assignment of a pod to a node. It is carried out, not kept: of its own kind there are no objects. */
export const binding: ResourceBody<Binding> = {
  type: coreV1('Binding'),
  // Never asked: nothing of this kind is stored.
  strategy: { validate: () => [], validateUpdate: () => [] },
  columns: [],
  watchCache: false,
  storages: (_store, environment) => ({ main: bindingsStorage(environment) }),
};
