import type { KubernetesObject, Stored, StoredEvent } from '@orlop/storage-interface';
import { Observable } from 'rxjs/internal/Observable';
import type { OperatorFunction } from 'rxjs/internal/types';

/**
 * Keeps the state a watch tells of: the objects by key. Emits once when the initial events have ended, then after each
 * change; it is always the same map, so copy what must stay. Meant for `resuming`, or any watch that asks for initial
 * events and bookmarks. An ERROR event becomes an error.
 */
export function collect<T extends KubernetesObject>(): OperatorFunction<
  StoredEvent<T>,
  ReadonlyMap<string, Stored<T>>
> {
  return (source) =>
    new Observable((subscriber) => {
      const state = new Map<string, Stored<T>>();
      let complete = false;
      return source.subscribe({
        next(event) {
          switch (event.type) {
            case 'ERROR':
              subscriber.error(event.error);
              return;
            case 'BOOKMARK':
              if (!event.initialEventsEnd || complete) return;
              complete = true;
              break;
            case 'DELETED':
              state.delete(event.object.key);
              break;
            default:
              state.set(event.object.key, event.object);
          }
          if (complete) subscriber.next(state);
        },
        error: (error: unknown) => subscriber.error(error),
        complete: () => subscriber.complete(),
      });
    });
}
