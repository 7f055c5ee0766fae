/**
 * A number of a JSON text that JavaScript would write otherwise: `3.0`, `1e1`, `12345678901234567890`. Go tells them from
 * `3` and `10` where an integer is wanted. Only `parseJsonAsWritten` makes them; they are for texts, not for computing.
 */
export class WrittenNumber {
  readonly #raw: string;

  constructor(raw: string) {
    this.#raw = raw;
  }

  toString(): string {
    return this.#raw;
  }

  /** Nothing but an encoder that knows of them may write them: JSON.stringify would quote them. */
  toJSON(): never {
    throw new TypeError(`the number ${this.#raw} has no other form than its text`);
  }
}
