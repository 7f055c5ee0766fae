import Package from 'sorted-btree';

/** A sorted map whose `clone()` copies lazily. */
export type Tree<K, V> = InstanceType<typeof Package.default<K, V>>;

// The package is CommonJS with a `default` member: Node hands over its exports object, bundlers and vitest that member.
const TreeClass = ((Package as { default?: unknown }).default ?? Package) as new <K, V>() => Tree<K, V>;

export function emptyTree<K, V>(): Tree<K, V> {
  return new TreeClass<K, V>();
}
