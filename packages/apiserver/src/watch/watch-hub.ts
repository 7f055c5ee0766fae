import { yieldTurn } from '../http/yield-turn.ts';
import { ChunkMemo } from './chunk-memo.ts';
import type { EventLines } from './event-lines.ts';
import type { WatchStream } from './watch-stream.ts';

/** Below this many streams of a group every change goes out at once. */
const smallGroup = 64;
/** Milliseconds a change may wait for others to go with it, and what each stream adds to that. */
const longestWindow = 25;
const windowPerStream = 0.02;
/** Milliseconds of writing after which others get a turn. */
const turn = 1;

/** All open watch streams. Streams that are sent the same things form a group, which writes each chunk once. */
export class WatchHub {
  readonly #groups = new Map<string, WatchGroup>();
  readonly #lines = new Map<string, { lines: EventLines; users: number }>();
  #size = 0;
  #closed = false;

  /** Open streams. */
  get size(): number {
    return this.#size;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /**
   * @param key resource, namespace, selectors and form: what makes streams equal
   * @param formKey resource and form alone: what makes lines equal
   */
  join(key: string, formKey: string, makeLines: () => EventLines): WatchGroup {
    let shared = this.#lines.get(formKey);
    if (shared === undefined) {
      shared = { lines: makeLines(), users: 0 };
      this.#lines.set(formKey, shared);
    }
    shared.users++;
    let group = this.#groups.get(key);
    if (group === undefined) {
      group = new WatchGroup(shared.lines);
      this.#groups.set(key, group);
    }
    this.#size++;
    return group;
  }

  leave(key: string, formKey: string, stream: WatchStream): void {
    this.#size--;
    const group = this.#groups.get(key);
    group?.remove(stream);
    if (group?.size === 0) this.#groups.delete(key);
    const shared = this.#lines.get(formKey);
    if (shared !== undefined && --shared.users === 0) this.#lines.delete(formKey);
  }

  /** Ends every stream as it should end; later ones end at once. */
  close(): void {
    this.#closed = true;
    for (const group of [...this.#groups.values()]) group.endAll();
  }
}

/** Streams that are sent the same things. */
export class WatchGroup {
  readonly lines: EventLines;
  readonly #streams = new Set<WatchStream>();
  #waiting = new Set<WatchStream>();
  #scheduled = false;

  constructor(lines: EventLines) {
    this.lines = lines;
  }

  get size(): number {
    return this.#streams.size;
  }

  add(stream: WatchStream): void {
    this.#streams.add(stream);
  }

  remove(stream: WatchStream): void {
    this.#streams.delete(stream);
    this.#waiting.delete(stream);
  }

  endAll(): void {
    for (const stream of [...this.#streams]) stream.finish();
  }

  /** The stream has something to write. */
  schedule(stream: WatchStream): void {
    this.#waiting.add(stream);
    if (this.#scheduled) return;
    this.#scheduled = true;
    const size = this.#streams.size;
    if (size < smallGroup) queueMicrotask(() => void this.#flush());
    else setTimeout(() => void this.#flush(), Math.min(longestWindow, windowPerStream * size));
  }

  async #flush(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = new Set();
    const memo = new ChunkMemo();
    let since = performance.now();
    for (const stream of waiting) {
      stream.flush(memo);
      if (performance.now() - since < turn) continue;
      await yieldTurn();
      since = performance.now();
    }
    this.#scheduled = false;
    const next = this.#waiting.values().next();
    if (!next.done) this.schedule(next.value);
  }
}
