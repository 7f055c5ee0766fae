/**
 * The way to a field, as a linked list: children cost one small object, the text is made only when an error needs it.
 * `undefined` where a path may be absent reads `<nil>`.
 */
export interface FieldPath {
  /** One member deeper for each name. */
  child(...names: readonly string[]): FieldPath;
  /** `path[index]` */
  index(index: number): FieldPath;
  /** `path[key]` */
  key(key: string): FieldPath;
  toString(): string;
}

class Path implements FieldPath {
  readonly #parent: Path | undefined;
  /** A member name, or undefined for a subscript. */
  readonly #name: string | undefined;
  readonly #subscript: string | number;

  constructor(parent: Path | undefined, name: string | undefined, subscript: string | number) {
    this.#parent = parent;
    this.#name = name;
    this.#subscript = subscript;
  }

  child(...names: readonly string[]): FieldPath {
    let path: Path = this;
    for (const name of names) path = new Path(path, name, '');
    return path;
  }

  index(index: number): FieldPath {
    return new Path(this, undefined, index);
  }

  key(key: string): FieldPath {
    return new Path(this, undefined, key);
  }

  toString(): string {
    const own = this.#name === undefined ? `[${this.#subscript}]` : this.#name;
    if (this.#parent === undefined) return own;
    return this.#name === undefined ? `${this.#parent}${own}` : `${this.#parent}.${own}`;
  }
}

/** A path from a root member: `fieldPath('spec', 'replicas')`. */
export function fieldPath(name: string, ...more: readonly string[]): FieldPath {
  return new Path(undefined, name, '').child(...more);
}

/** A path that starts with a subscript: `[0]`. */
export function fieldPathIndex(index: number | string): FieldPath {
  return new Path(undefined, undefined, index);
}
