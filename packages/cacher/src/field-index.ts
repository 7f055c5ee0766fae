import { type KubernetesObject, type Stored, sortableKey } from '@orlop/storage-interface';
import { fieldOf } from './match.ts';
import { emptyTree, type Tree } from './tree.ts';

/** The objects of a cache by the value of one field, each value's in key order. */
export class FieldIndex<T extends KubernetesObject> {
  readonly #field: string;
  readonly #values = new Map<string, Tree<string, Stored<T>>>();

  constructor(field: string) {
    this.#field = field;
  }

  get(value: string): Tree<string, Stored<T>> | undefined {
    return this.#values.get(value);
  }

  change(previous: Stored<T> | undefined, current: Stored<T> | undefined): void {
    const before = previous && fieldOf(previous, this.#field);
    const now = current && fieldOf(current, this.#field);
    if (before !== undefined && before !== now) this.#remove(before, previous!.key);
    if (now === undefined) return;
    let tree = this.#values.get(now);
    if (tree === undefined) {
      tree = emptyTree();
      this.#values.set(now, tree);
    }
    tree.set(sortableKey(current!.key), current!);
  }

  clear(): void {
    this.#values.clear();
  }

  #remove(value: string, key: string): void {
    const tree = this.#values.get(value);
    tree?.delete(sortableKey(key));
    if (tree?.size === 0) this.#values.delete(value);
  }
}
