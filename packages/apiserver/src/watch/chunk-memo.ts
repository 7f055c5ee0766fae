import { frameChunk, joinParts } from '../http/exchange.ts';

/** The chunks of one round of writing. Lines are shared, so equal ends and an equal count mean equal content. */
export class ChunkMemo {
  readonly #made = new Map<Uint8Array, Made[]>();

  chunk(lines: readonly Uint8Array[], size: number, framed: boolean): Uint8Array {
    const first = lines[0]!;
    const last = lines[lines.length - 1]!;
    let made = this.#made.get(first);
    const known = made?.find((one) => one.last === last && one.count === lines.length && one.framed === framed);
    if (known !== undefined) return known.chunk;
    const chunk = framed ? frameChunk(lines, size) : joinParts(lines, size);
    if (made === undefined) {
      made = [];
      this.#made.set(first, made);
    }
    made.push({ last, count: lines.length, framed, chunk });
    return chunk;
  }
}

interface Made {
  readonly last: Uint8Array;
  readonly count: number;
  readonly framed: boolean;
  readonly chunk: Uint8Array;
}
