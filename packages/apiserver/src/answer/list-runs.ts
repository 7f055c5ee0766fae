import type { EncodedObject, Stored } from '@orlop/apimachinery';
import { Turns } from '../http/turns.ts';

/** A run is closed at this size, in bytes; one that is made anew after a change may grow to `most`, to end where it did. */
const full = 256 * 1024;
const most = 2 * full;
/** A run as small as this swallows the next one, or many changes would leave crumbs. */
const small = full / 4;
/** Neighbours of a collection and their bytes, each item behind a comma. Empty once another has taken its place. */
interface Run {
  items: readonly Stored[];
  /** Where each item ends. */
  ends: readonly number[];
  bytes: Uint8Array;
}

interface Place {
  readonly run: Run;
  readonly index: number;
}

/**
 * The bytes of one collection in one version as lists send them, kept in runs of neighbours. A list hands on the runs that
 * are as they were and copies those in which something has changed: to send a large buffer costs a fraction of filling it.
 * What a list has sent is kept as long as its objects are, which costs the size of their JSON once more.
 */
export class ListRuns {
  readonly #apiVersion: string;
  readonly #places = new WeakMap<Stored, Place>();

  constructor(apiVersion: string) {
    this.#apiVersion = apiVersion;
  }

  /**
   * The items, each behind a comma, in few pieces. Others get their turn meanwhile.
   * @param items neighbours: nothing of the collection lies between them
   */
  async pieces(items: readonly Stored[]): Promise<Uint8Array[]> {
    const pieces: Uint8Array[] = [];
    const turns = new Turns();
    for (let from = 0; from < items.length; ) {
      const known = this.#known(items, from);
      if (known !== undefined) {
        pieces.push(known.bytes);
        from = known.to;
        continue;
      }
      const encoded: EncodedObject[] = [];
      const ends: number[] = [];
      let size = 0;
      for (; from < items.length && !this.#closes(items[from]!, size); from++) {
        const item = items[from]!.encoded(this.#apiVersion, 'application/json');
        size += item.byteLength('item') + 1;
        encoded.push(item);
        ends.push(size);
        if (turns.overAfterStep) await turns.next();
      }
      const bytes = new Uint8Array(size);
      for (let i = 0, at = 0; i < encoded.length; i++) {
        bytes[at] = comma;
        at = encoded[i]!.copyTo(bytes, at + 1, 'item');
        if (turns.overAfterStep) await turns.next();
      }
      this.#keep({ items: items.slice(from - encoded.length, from), ends, bytes });
      pieces.push(bytes);
      if (turns.over) await turns.next();
    }
    return pieces;
  }

  /** What is kept of the items from `from` on: the end of a run, or as much of one as the list has. */
  #known(items: readonly Stored[], from: number): { bytes: Uint8Array; to: number } | undefined {
    const place = this.#places.get(items[from]!);
    if (place === undefined) return undefined;
    const { run, index } = place;
    let at = index;
    let to = from;
    while (at < run.items.length && to < items.length && run.items[at] === items[to]) {
      at++;
      to++;
    }
    if (at === index || (at < run.items.length && to < items.length)) return undefined;
    return { bytes: run.bytes.subarray(index === 0 ? 0 : run.ends[index - 1]!, run.ends[at - 1]!), to };
  }

  /** Whether a run that has this size ends before `item`. */
  #closes(item: Stored, size: number): boolean {
    if (size < small) return false;
    const place = this.#places.get(item);
    if (place === undefined || place.run.items.length === 0) return size >= full;
    return place.index === 0 || size >= most;
  }

  #keep(run: Run): void {
    for (const [index, item] of run.items.entries()) {
      const before = this.#places.get(item)?.run;
      if (before !== undefined && before !== run) retire(before);
      this.#places.set(item, { run, index });
    }
  }
}

const comma = 0x2c;
const nothing = new Uint8Array(0);

/** Old versions of its objects may live on in a history; the bytes must not. */
function retire(run: Run): void {
  run.items = [];
  run.ends = [];
  run.bytes = nothing;
}
