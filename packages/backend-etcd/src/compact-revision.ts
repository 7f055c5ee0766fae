/**
 * etcd does not tell where it is compacted, but whether a revision can still be read, and the first that can is the
 * compaction. A revision is asked about by `readable`; the store's present one is `current`.
 *
 * A store compacted at its revision 1, which is before its first write, looks like one that never was: 0 is answered.
 */
export class CompactRevision {
  readonly #readable: (revision: number) => Promise<boolean>;
  readonly #current: () => Promise<number>;
  /** A compaction that is known to have happened; the real one is never below. */
  #known = 0;

  constructor(readable: (revision: number) => Promise<boolean>, current: () => Promise<number>) {
    this.#readable = readable;
    this.#current = current;
  }

  /** A compaction at this revision, or above it, was seen. */
  learn(revision: number): void {
    this.#known = Math.max(this.#known, revision);
  }

  async find(): Promise<number> {
    if (await this.#readable(Math.max(1, this.#known))) return this.#known;
    let refused = Math.max(1, this.#known);
    let readable = await this.#current();
    while (readable - refused > 1) {
      const middle = Math.floor((refused + readable) / 2);
      if (await this.#readable(middle)) readable = middle;
      else refused = middle;
    }
    this.learn(readable);
    return this.#known;
  }
}
