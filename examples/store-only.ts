/**
 * Only the store: revisions, compare-and-swap and watch for objects of one's own, without HTTP and without Kubernetes kinds.
 *
 *     node --import ./tools/run-from-source/register.mjs examples/store-only.ts
 */
import { createMemoryBackend } from '@orlop/backend-memory';
import { compileSchema } from '@orlop/schema';
import { createStorage } from '@orlop/storage';

interface Note {
  apiVersion: string;
  kind: string;
  metadata: { name?: string; resourceVersion?: string };
  text?: string;
}

const type = compileSchema({
  type: 'object',
  properties: {
    kind: { type: 'string' },
    apiVersion: { type: 'string' },
    metadata: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    text: { type: 'string' },
  },
});
const note = (name: string, text: string): Note => ({
  apiVersion: 'example.dev/v1',
  kind: 'Note',
  metadata: { name },
  text,
});

const backend = createMemoryBackend();
const storage = createStorage<Note>({
  backend,
  resource: {
    group: 'example.dev',
    version: 'v1',
    kind: 'Note',
    resource: 'notes',
    type,
    prefix: '/notes/',
    namespaced: false,
  },
});

const seen: string[] = [];
const watching = storage.watch('/notes/', { recursive: true }).subscribe((event) => {
  if ('object' in event) seen.push(`${event.type} ${event.object.object.text}`);
});

const first = await storage.create('/notes/a', note('a', 'hello'));
console.log('created at revision', first.revision);

// Runs again when somebody else was faster, so no update is ever lost.
const second = await storage.guaranteedUpdate('/notes/a', (current) => ({
  object: { ...current!.object, text: `${current!.object.text}, world` },
}));
console.log('updated at revision', second.revision, second.object.text);

const past = await storage.getList('/notes/', {
  recursive: true,
  resourceVersion: String(first.revision),
  resourceVersionMatch: 'Exact',
});
console.log('as it was:', past.items[0]!.object.text);

await storage.delete('/notes/a');
await new Promise((resolve) => setTimeout(resolve, 50));
console.log('watched:', seen.join(' | '));

watching.unsubscribe();
await storage.close();
await backend.close();
