import { isApiError, type KubernetesObject, type StoredEvent } from '@orlop/apimachinery';
import type { RequestContext, WatchOptions } from '@orlop/rest';
import type { Observable } from 'rxjs';
import { map } from 'rxjs/internal/operators/map';
import { decorated } from './decorate.ts';
import { apiErrorOf } from './map-errors.ts';
import { selectionOf } from './predicate.ts';
import type { StoreParts } from './store-parts.ts';

/** Cold. Events are those of the storage, with the errors of an API. */
export async function watch<T extends KubernetesObject>(
  parts: StoreParts<T>,
  context: RequestContext,
  options: WatchOptions,
): Promise<Observable<StoredEvent<T>>> {
  const { resourceVersion, resourceVersionMatch, allowWatchBookmarks, sendInitialEvents } = options;
  const { lifetimeSeconds, pace } = options;
  const { key, recursive, predicate } = selectionOf(parts, context, options);
  let events: Observable<StoredEvent<T>>;
  try {
    events = parts.storage.watch(key, {
      resourceVersion,
      resourceVersionMatch,
      allowWatchBookmarks,
      predicate,
      recursive,
      ...(sendInitialEvents === undefined ? {} : { sendInitialEvents }),
      ...(lifetimeSeconds === undefined ? {} : { lifetimeSeconds }),
      ...(pace === undefined ? {} : { pace }),
    });
  } catch (error) {
    throw apiErrorOf(error, 'watch', parts.resource, '');
  }
  return events.pipe(map((event) => sentOut(parts, event)));
}

function sentOut<T extends KubernetesObject>(parts: StoreParts<T>, event: StoredEvent<T>): StoredEvent<T> {
  switch (event.type) {
    case 'ERROR': {
      if (isApiError(event.error)) return event;
      return { type: 'ERROR', error: apiErrorOf(event.error, 'watch', parts.resource, '') as Error };
    }
    case 'BOOKMARK':
      return event;
    default: {
      if (parts.hooks.decorate === undefined) return event;
      return { type: event.type, object: decorated(parts, event.object) };
    }
  }
}
