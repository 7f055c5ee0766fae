/** Something that holds a decoded object and can let go of it. */
export interface Forgetful {
  forget(): void;
}

/**
 * Bounds how many decoded objects a storage keeps alive: each newly decoded one pushes out the one decoded longest ago.
 * A parsed object takes as much memory as its bytes; keeping all of them would double the size of a cache.
 */
export class ObjectRing {
  readonly #slots: (Forgetful | undefined)[];
  #next = 0;

  constructor(size: number) {
    this.#slots = new Array<Forgetful | undefined>(size).fill(undefined);
  }

  add(holder: Forgetful): void {
    this.#slots[this.#next]?.forget();
    this.#slots[this.#next] = holder;
    this.#next = (this.#next + 1) % this.#slots.length;
  }
}
