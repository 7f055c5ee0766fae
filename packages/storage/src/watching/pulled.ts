import type { KubernetesObject, Pace, StoredEvent } from '@orlop/storage-interface';
import type { Observable } from 'rxjs/internal/Observable';

export interface PulledOptions {
  /** How many events may wait for the loop before the watch has to. @default 100 */
  readonly room?: number;
}

/**
 * A watch for `for await`: the pace of the loop is the pace of the watch. `open` must hand the pace it is given to the
 * watch's options. Leaving the loop ends the watch; the loop ends when the watch does.
 */
export function pulled<T extends KubernetesObject>(
  open: (pace: Pace) => Observable<StoredEvent<T>>,
  { room = 100 }: PulledOptions = {},
): AsyncIterable<StoredEvent<T>> {
  return {
    [Symbol.asyncIterator]() {
      let waiting: StoredEvent<T>[] = [];
      let onRoom: (() => void) | undefined;
      let over = false;
      let failure: unknown;
      let wake = (): void => {};
      const pace: Pace = {
        hasRoom: () => waiting.length < room,
        onRoom(callback) {
          onRoom = callback;
        },
      };
      const end = (error?: unknown): void => {
        over = true;
        failure = error;
        wake();
      };
      const subscription = open(pace).subscribe({
        next(event) {
          waiting.push(event);
          wake();
        },
        error: end,
        complete: () => end(),
      });
      const done = { done: true, value: undefined } as const;
      return {
        async next() {
          while (waiting.length === 0) {
            if (failure !== undefined) throw failure;
            if (over) return done;
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
          }
          const value = waiting.shift()!;
          const callback = onRoom;
          onRoom = undefined;
          callback?.();
          return { done: false, value };
        },
        async return() {
          subscription.unsubscribe();
          waiting = [];
          end();
          return done;
        },
      };
    },
  };
}
