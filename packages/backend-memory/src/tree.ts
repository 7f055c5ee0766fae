import Package from 'sorted-btree';

/** A sorted map that can be copied lazily. */
export type Tree<K, V> = InstanceType<typeof Package.default<K, V>>;

type TreeClass = new <K, V>() => Tree<K, V>;

/**
 * The package is CommonJS with a `default` member: Node hands over the whole exports object, bundlers and vitest hand
 * over that member.
 */
export const Tree: TreeClass = ((Package as { default?: unknown }).default ?? Package) as TreeClass;
