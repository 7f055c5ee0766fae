import type { Namespace } from '@orlop/kubernetes-schema/core/v1';
import {
  type Creater,
  type Getter,
  type GracefulDeleter,
  type Lister,
  type ResourceEnvironment,
  type ResourceStorages,
  type ResourceStore,
  statusStorage,
  type Updater,
  type Watcher,
} from '@orlop/rest';
import { namespaceDeleter } from './delete.ts';
import { namespaceFinalizeStrategy, namespaceStatusStrategy } from './strategy.ts';

type NamespaceStorage = Getter<Namespace> &
  Lister<Namespace> &
  Watcher<Namespace> &
  Creater<Namespace> &
  Updater<Namespace> &
  GracefulDeleter<Namespace>;

/** The standard store with a deletion of its own and without deleteCollection; `finalize` can only be PUT. */
export function namespaceStorages(store: ResourceStore<Namespace>, environment: ResourceEnvironment): ResourceStorages {
  const main: NamespaceStorage = {
    kind: store.kind,
    ...(store.resetFields === undefined ? {} : { resetFields: store.resetFields }),
    get: (...args) => store.get(...args),
    list: (...args) => store.list(...args),
    watch: (...args) => store.watch(...args),
    create: (...args) => store.create(...args),
    update: (...args) => store.update(...args),
    delete: namespaceDeleter(store, environment),
  };
  const { kind, resetFields, update } = statusStorage(store, namespaceFinalizeStrategy);
  const finalize: Updater<Namespace> = { kind, ...(resetFields === undefined ? {} : { resetFields }), update };
  return { main, status: statusStorage(store, namespaceStatusStrategy), finalize };
}
