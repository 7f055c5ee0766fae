import type {
  CollectionDeleter,
  Creater,
  Getter,
  GracefulDeleter,
  Lister,
  NamedCreater,
  Patcher,
  RESTStorage,
  Updater,
  Watcher,
} from './verbs.ts';

/** Whether a storage has a method: that is all a capability is. */
const has = (storage: RESTStorage, method: string): boolean =>
  typeof (storage as unknown as Readonly<Record<string, unknown>>)[method] === 'function';

export const isGetter = (storage: RESTStorage): storage is Getter => has(storage, 'get');
export const isLister = (storage: RESTStorage): storage is Lister => has(storage, 'list');
export const isWatcher = (storage: RESTStorage): storage is Watcher => has(storage, 'watch');
export const isCreater = (storage: RESTStorage): storage is Creater => has(storage, 'create');
export const isNamedCreater = (storage: RESTStorage): storage is NamedCreater => has(storage, 'createNamed');
export const isUpdater = (storage: RESTStorage): storage is Updater => has(storage, 'update');
export const isPatcher = (storage: RESTStorage): storage is Patcher => isGetter(storage) && isUpdater(storage);
export const isGracefulDeleter = (storage: RESTStorage): storage is GracefulDeleter => has(storage, 'delete');
export const isCollectionDeleter = (storage: RESTStorage): storage is CollectionDeleter =>
  has(storage, 'deleteCollection');

/** Verb and what gives it, in the order in which discovery lists verbs. */
const verbs: readonly (readonly [verb: string, offers: (storage: RESTStorage) => boolean])[] = [
  ['create', (storage) => isCreater(storage) || isNamedCreater(storage)],
  ['delete', isGracefulDeleter],
  ['deletecollection', isCollectionDeleter],
  ['get', isGetter],
  ['list', isLister],
  ['patch', isPatcher],
  ['update', isUpdater],
  ['watch', isWatcher],
];

/** The verbs that a storage gives its path, sorted as discovery shows them. */
export function verbsOf(storage: RESTStorage): readonly string[] {
  return verbs.filter(([, offers]) => offers(storage)).map(([verb]) => verb);
}
