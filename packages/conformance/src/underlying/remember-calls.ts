import type { UnderlyingStorage, WatchBatch } from '@orlop/storage-interface';
import { show } from '../expect.ts';

/** A backend that remembers which calls it has not answered, so that a case that waits in vain can say for what. */
export interface RememberedCalls {
  readonly backend: UnderlyingStorage;
  /** One line a call, oldest first: `get("/a", {})`, `batch 3 of watch("/p/", {"startRevision":0})`. */
  pending(): readonly string[];
}

export function rememberCalls(backend: UnderlyingStorage): RememberedCalls {
  const open = new Set<{ readonly text: string }>();

  function remember<T>(text: string, answer: T): T {
    if (!(answer instanceof Promise)) return answer;
    const call = { text };
    const forget = (): void => void open.delete(call);
    open.add(call);
    answer.then(forget, forget);
    return answer;
  }

  function rememberPulls(text: string, batches: AsyncIterable<WatchBatch>): AsyncIterable<WatchBatch> {
    return {
      [Symbol.asyncIterator]() {
        const iterator = batches[Symbol.asyncIterator]();
        let pulls = 0;
        return {
          next: () => remember(`batch ${++pulls} of ${text}`, iterator.next()),
          ...(iterator.return && { return: () => remember(`the end of ${text}`, iterator.return!()) }),
        };
      },
    };
  }

  const remembering = new Proxy(backend, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return (...given: readonly unknown[]) => {
        const text = `${String(name)}(${given.map(show).join(', ')})`;
        const answer: unknown = Reflect.apply(member, target, given);
        return name === 'watch' ? rememberPulls(text, answer as AsyncIterable<WatchBatch>) : remember(text, answer);
      };
    },
  });
  return { backend: remembering, pending: () => [...open].map(({ text }) => text) };
}
