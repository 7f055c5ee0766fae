import { afterEach, expect, test } from 'vitest';
import { createMemoryBackend, type MemoryBackend } from '../src/index.ts';
import { Tree } from '../src/tree.ts';

/**
 * `fork`, `snapshot` and `restore` cost the same however much is stored. Time would show that only on a quiet machine, so
 * this looks at what they do: which methods of the trees they call, and which nodes the copies are made of.
 */

interface Node {
  readonly children?: readonly Node[];
}
type AnyTree = object & { readonly _root: Node };
type Method = (this: AnyTree, ...given: unknown[]) => unknown;

const methods = Tree.prototype as unknown as Record<string, Method>;
const originals = new Map<string, Method>();
afterEach(() => {
  for (const [name, method] of originals) methods[name] = method;
  originals.clear();
});

/** From now on every call of a method of any tree is seen. */
function watchTrees(see: (name: string, tree: AnyTree, result: unknown) => void): void {
  for (const name of Object.getOwnPropertyNames(methods)) {
    const { value } = Object.getOwnPropertyDescriptor(methods, name)!;
    if (typeof value !== 'function' || name === 'constructor') continue;
    const method = value as Method;
    originals.set(name, method);
    methods[name] = function (...given) {
      const result = method.apply(this, given);
      see(name, this, result);
      return result;
    };
  }
}

const nodesOf = (node: Node, found = new Set<Node>()): Set<Node> => {
  found.add(node);
  for (const child of node.children ?? []) nodesOf(child, found);
  return found;
};

async function filled(keys: number): Promise<MemoryBackend> {
  const backend = createMemoryBackend();
  for (let i = 0; i < keys; i++) {
    const { revision } = await backend.put(`/${i}`, Uint8Array.of(i), 0, { ttlSeconds: 1_000 + i });
    if (i % 3 === 0) await backend.put(`/${i}`, Uint8Array.of(i), revision, { ttlSeconds: 1_000 });
  }
  return backend;
}

const travels = {
  snapshot: (backend: MemoryBackend): unknown => backend.snapshot(),
  fork: (backend: MemoryBackend): unknown => backend.fork(),
  restore: (backend: MemoryBackend, before: ReturnType<MemoryBackend['snapshot']>): unknown => backend.restore(before),
};

for (const [name, travel] of Object.entries(travels)) {
  test(`${name} looks at no item and copies no node, with ten keys or thirty thousand`, async () => {
    for (const keys of [10, 30_000]) {
      const backend = await filled(keys);
      const before = backend.snapshot();
      await backend.put('/more', Uint8Array.of(1), 0);
      const called: string[] = [];
      const copies: (readonly [AnyTree, AnyTree, Node])[] = [];
      watchTrees((method, tree, result) => {
        called.push(method);
        if (method === 'clone') copies.push([tree, result as AnyTree, (result as AnyTree)._root]);
      });
      travel(backend, before);
      for (const [key, method] of originals) methods[key] = method;
      // Items, events and deadlines; the next deadline is looked up, and a restore begins a new history.
      expect(called.filter((method) => method === 'clone')).toHaveLength(3);
      expect(called.filter((method) => !['clone', 'clear', 'minKey'].includes(method))).toEqual([]);
      expect(called.length).toBeLessThan(8);
      for (const [from, , root] of copies) expect(root).toBe(from._root);
      await backend.close();
    }
  });
}

test('after a copy, a write copies the way to its item and nothing else', async () => {
  const backend = await filled(30_000);
  let items: AnyTree | undefined;
  watchTrees((method, tree) => {
    if (method === 'clone') items ??= tree;
  });
  backend.snapshot();
  const before = nodesOf(items!._root);
  expect(before.size).toBeGreaterThan(900);
  const { kv } = await backend.get('/777');
  await backend.put('/777', Uint8Array.of(7), kv!.modRevision);
  const copied = [...nodesOf(items!._root)].filter((node) => !before.has(node));
  expect(copied.length).toBeGreaterThan(0);
  expect(copied.length).toBeLessThan(6);
  await backend.close();
});
