import type { KubernetesObject, StoredList } from '@orlop/apimachinery';
import type { ListOptions, RequestContext } from '@orlop/rest';
import { decorated } from './decorate.ts';
import { apiErrorOf } from './map-errors.ts';
import { selectionOf } from './predicate.ts';
import type { StoreParts } from './store-parts.ts';

export async function list<T extends KubernetesObject>(
  parts: StoreParts<T>,
  context: RequestContext,
  options: ListOptions,
): Promise<StoredList<T>> {
  const { resourceVersion, resourceVersionMatch, limit } = options;
  const { key, recursive, predicate } = selectionOf(parts, context, options);
  let found: StoredList<T>;
  try {
    found = await parts.storage.getList(key, {
      resourceVersion,
      resourceVersionMatch,
      limit,
      continue: options.continue,
      predicate,
      recursive,
    });
  } catch (error) {
    throw apiErrorOf(error, 'list', parts.resource, '');
  }
  if (parts.hooks.decorate === undefined) return found;
  return { ...found, items: found.items.map((stored) => decorated(parts, stored)) };
}
