import Package from 'sorted-btree';

/** A sorted map whose `clone()` copies lazily. */
export type Tree<K, V> = InstanceType<typeof Package.default<K, V>>;

// The package is CommonJS with a `default` member: Node hands over its exports object, bundlers and vitest that member.
const TreeClass = ((Package as { default?: unknown }).default ?? Package) as new <K, V>(
  entries: undefined,
  compare: (a: K, b: K) => number,
  maxNodeSize: number,
) => Tree<K, V>;

/** Long lists go from node to node; a write copies one that others still hold. */
const nodeSize = 128;

/** The library's own comparison looks for numbers first. */
const compare = (a: string, b: string): number => (a < b ? -1 : a === b ? 0 : 1);

export function emptyTree<V>(): Tree<string, V> {
  return new TreeClass(undefined, compare, nodeSize);
}
