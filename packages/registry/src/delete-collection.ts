import { isNotFound, type KubernetesObject, type Stored, type StoredList, timeoutError } from '@orlop/apimachinery';
import type { DeleteOptions, ListOptions, RequestContext, ValidateObject } from '@orlop/rest';
import { deleteOne } from './delete.ts';
import { list } from './list.ts';
import type { StoreParts } from './store-parts.ts';

/** How many objects are listed at a time. */
const page = 10_000;

/**
 * Deletes what a list finds, each object like a deletion of its own. The first failure ends it; what has been deleted by
 * then stays deleted. With a limit only that page is deleted.
 * @returns the objects as they were before, with the list's resourceVersion
 */
export async function deleteCollection<T extends KubernetesObject>(
  parts: StoreParts<T>,
  context: RequestContext,
  validate: ValidateObject<T>,
  options: DeleteOptions,
  listOptions: ListOptions,
): Promise<StoredList<T>> {
  const limited = listOptions.limit > 0;
  let next: ListOptions = limited ? listOptions : { ...listOptions, limit: page };
  let first: StoredList<T> | undefined;
  const items: Stored<T>[] = [];
  for (;;) {
    if (context.signal.aborted) throw timeoutError('request did not complete within requested timeout');
    const found = await list(parts, context, next);
    await deleteAll(parts, context, found.items, validate, options);
    if (limited) return found;
    first ??= found;
    for (const item of found.items) items.push(item);
    if (found.continue === '') return { ...first, items, continue: '', remainingItemCount: undefined };
    next = { ...next, continue: found.continue, resourceVersion: '', resourceVersionMatch: '' };
  }
}

async function deleteAll<T extends KubernetesObject>(
  parts: StoreParts<T>,
  context: RequestContext,
  items: readonly Stored<T>[],
  validate: ValidateObject<T>,
  options: DeleteOptions,
): Promise<void> {
  let taken = 0;
  const failures: unknown[] = [];
  const work = async () => {
    while (taken < items.length && failures.length === 0) {
      const item = items[taken++]!;
      try {
        await deleteOne(parts, context, item.object.metadata.name ?? '', validate, options);
      } catch (error) {
        // Others may be deleting as well.
        if (!isNotFound(error)) failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, parts.deleteCollectionWorkers) }, work));
  if (failures.length > 0) throw failures[0];
}
