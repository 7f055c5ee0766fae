import type { BodyStream } from '../http/exchange.ts';
import type { ChunkMemo } from './chunk-memo.ts';
import type { WatchGroup } from './watch-hub.ts';

const largestChunk = 256 * 1024;

/**
 * One client's watch: lines that wait, and the way out. While the client does not read, lines wait here; one who falls too
 * far behind is ended, and comes back with the resourceVersion it has.
 */
export class WatchStream {
  readonly #body: BodyStream;
  readonly #group: WatchGroup;
  readonly #backlog: number;
  readonly #onEnd: () => void;
  #pending: Uint8Array[] = [];
  #next = 0;
  #blocked = false;
  #flushed = false;
  /** Lines of the start, which come all at once whoever reads them. */
  #initial = 0;
  #onRoom: (() => void) | undefined;
  #finishing = false;
  #ended = false;

  constructor(body: BodyStream, group: WatchGroup, backlog: number, onEnd: () => void) {
    this.#body = body;
    this.#group = group;
    this.#backlog = backlog;
    this.#onEnd = onEnd;
    group.add(this);
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Whether a source that can wait should go on. */
  get hasRoom(): boolean {
    return this.#pending.length - this.#next < this.#backlog;
  }

  /** Calls back once, when there is room again. */
  onRoom(callback: () => void): void {
    this.#onRoom = callback;
  }

  push(line: Uint8Array): void {
    if (this.#finishing || this.#ended) return;
    this.#pending.push(line);
    if (!this.#flushed) this.#initial++;
    else if (this.#pending.length - this.#next > this.#backlog + this.#initial) this.#overrun();
    if (!this.#blocked && !this.#ended) this.#group.schedule(this);
  }

  /** Writes what waits, as far as the client takes it. */
  flush(memo: ChunkMemo): void {
    this.#flushed = true;
    while (!this.#blocked && !this.#ended && this.#next < this.#pending.length) {
      const from = this.#next;
      let size = 0;
      while (this.#next < this.#pending.length && size < largestChunk) size += this.#pending[this.#next++]!.length;
      const lines =
        from === 0 && this.#next === this.#pending.length ? this.#pending : this.#pending.slice(from, this.#next);
      if (!this.#body.write(memo.chunk(lines, size, this.#body.framed))) this.#block();
    }
    if (this.#next === this.#pending.length) {
      this.#pending = [];
      this.#next = 0;
      if (this.#finishing) this.#end();
    }
    if (this.#onRoom === undefined || this.#ended || !this.hasRoom) return;
    const callback = this.#onRoom;
    this.#onRoom = undefined;
    callback();
  }

  /** Ends the stream once everything that waits has been written. */
  finish(): void {
    if (this.#finishing || this.#ended) return;
    this.#finishing = true;
    if (this.#pending.length === 0) this.#end();
    else if (!this.#blocked) this.#group.schedule(this);
  }

  /** The client is gone. */
  drop(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#pending = [];
    this.#onEnd();
  }

  #block(): void {
    this.#blocked = true;
    this.#body.onDrain(() => {
      this.#blocked = false;
      if (!this.#ended && (this.#pending.length > 0 || this.#finishing)) this.#group.schedule(this);
    });
  }

  #overrun(): void {
    this.#pending = [];
    this.#next = 0;
    this.#end();
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#body.end();
    this.#onEnd();
  }
}
