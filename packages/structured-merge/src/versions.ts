import type { TypedValue } from './typed-value.ts';
import type { VersionConverter } from './updater.ts';

/** An object and its version. */
export interface Versioned {
  readonly object: TypedValue;
  readonly version: string;
}

/** Objects in other versions, each converted once. */
export class Versions {
  readonly #converter: VersionConverter | undefined;
  #done: Map<TypedValue, Map<string, TypedValue | undefined>> | undefined;

  constructor(converter: VersionConverter | undefined) {
    this.#converter = converter;
  }

  /** Undefined when there is no such version. */
  convert({ object, version }: Versioned, to: string): TypedValue | undefined {
    if (version === to) return object;
    this.#done ??= new Map();
    let done = this.#done.get(object);
    if (done === undefined) {
      done = new Map();
      this.#done.set(object, done);
    }
    if (!done.has(to)) done.set(to, this.#converter?.convert(object, version, to));
    return done.get(to);
  }
}
