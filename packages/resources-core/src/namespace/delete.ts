import { conflict, formatTime } from '@orlop/apimachinery';
import type { Namespace } from '@orlop/kubernetes-schema/core/v1';
import type { DeleteOptions, GracefulDeleter, ResourceEnvironment, ResourceStore } from '@orlop/rest';

const resource = { group: '', resource: 'namespaces' };

/**
 * Deletion of a namespace. The first request only marks it Terminating: someone has to empty it and to take the
 * finalizers away. Requests after that answer the namespace as it is, and remove it once nothing holds it.
 */
export function namespaceDeleter(
  store: ResourceStore<Namespace>,
  { runtime }: Pick<ResourceEnvironment, 'runtime'>,
): GracefulDeleter<Namespace>['delete'] {
  return async (context, name, validate, options) => {
    const live = await store.get(context, name, { resourceVersion: '' });
    const preconditions = {
      ...options.preconditions,
      uid: options.preconditions?.uid ?? live.object.metadata.uid ?? '',
    };
    demand(live.object, preconditions);

    if (live.object.metadata.deletionTimestamp !== undefined) {
      if ((live.object.spec.finalizers ?? []).length > 0) return { result: live, deleted: false };
      return store.delete(context, name, validate, { ...options, preconditions });
    }

    const marked = await store.mutate(
      context,
      name,
      async (namespace) => {
        demand(namespace, preconditions);
        await validate(namespace, undefined);
        namespace.metadata.deletionTimestamp ??= formatTime(runtime.clock.now());
        namespace.status.phase = 'Terminating';
        setFinalizers(namespace, options);
      },
      { dryRun: options.dryRun },
    );
    return { result: marked, deleted: false };
  };
}

function demand({ metadata }: Namespace, { uid, resourceVersion }: NonNullable<DeleteOptions['preconditions']>): void {
  const refuse = (field: string, wanted: string, found = '') =>
    conflict(
      resource,
      metadata.name ?? '',
      `Precondition failed: ${field} in precondition: ${wanted}, ${field} in object meta: ${found}`,
    );
  if (uid !== undefined && uid !== metadata.uid) throw refuse('UID', uid, metadata.uid);
  if (resourceVersion !== undefined && resourceVersion !== metadata.resourceVersion) {
    throw refuse('ResourceVersion', resourceVersion, metadata.resourceVersion);
  }
}

/** What the options say about dependents becomes a finalizer; without a word, the present ones stay. */
function setFinalizers({ metadata }: Namespace, { orphanDependents, propagationPolicy }: DeleteOptions): void {
  if (orphanDependents === undefined && propagationPolicy === undefined) return;
  const wanted = new Set(metadata.finalizers);
  wanted.delete('orphan');
  wanted.delete('foregroundDeletion');
  if (orphanDependents ?? propagationPolicy === 'Orphan') wanted.add('orphan');
  if (orphanDependents === undefined ? propagationPolicy === 'Foreground' : !orphanDependents) {
    wanted.add('foregroundDeletion');
  }
  if (wanted.size > 0) metadata.finalizers = [...wanted];
  else delete metadata.finalizers;
}
