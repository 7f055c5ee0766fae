import { createMemoryBackend, type MemoryBackend } from '@orlop/backend-memory';
import { type Vessel, vessel, vesselSchema, vessels } from '@orlop/conformance/storage';
import { compileSchema } from '@orlop/schema';
import { createStorage, identityTransformer, type ValueTransformer } from '@orlop/storage';
import { isInternalStorageError } from '@orlop/storage-interface';
import { describe, expect, test } from 'vitest';

const resource = { ...vessels, type: compileSchema(vesselSchema) };

/** Not encryption, but shaped like it: bytes that depend on the key, a mark in front, and a generation. */
function mask(generation: number): ValueTransformer {
  const seal = (key: string): number => [...key].reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) % 251, 7);
  return {
    async fromStorage(value, key) {
      if (value[0] !== 0x6d || value[2] !== seal(key)) throw new Error('the value was not sealed for this key');
      return { document: value.slice(3).map((byte) => byte ^ 0x55), stale: value[1] !== generation };
    },
    async toStorage(document, key) {
      return Uint8Array.from([0x6d, generation, seal(key), ...document.map((byte) => byte ^ 0x55)]);
    },
  };
}

const open = (backend: MemoryBackend, transformer?: ValueTransformer) =>
  createStorage<Vessel>({ backend, resource, ...(transformer === undefined ? {} : { transformer }) });

describe('a transformer', () => {
  test('seals what is stored, and an update of a value sealed in an older way writes it again', async () => {
    const backend = createMemoryBackend();
    const first = await open(backend, mask(1)).create('/vessels/ns/a', vessel('ns/a'));
    expect((await backend.get('/registry/vessels/ns/a')).kv!.value[0]).toBe(0x6d);
    const storage = open(backend, mask(2));
    const unchanged = () => storage.guaranteedUpdate('/vessels/ns/a', (current) => ({ object: current!.object }));
    const rotated = await unchanged();
    expect(rotated.revision).toBe(first.revision + 1);
    expect((await unchanged()).revision).toBe(rotated.revision);
  });

  test('makes values unreadable under another key', async () => {
    const backend = createMemoryBackend();
    const storage = open(backend, mask(1));
    await storage.create('/vessels/ns/a', vessel('ns/a'));
    const { kv } = await backend.get('/registry/vessels/ns/a');
    await backend.put('/registry/vessels/ns/b', kv!.value, 0);
    await expect(storage.get('/vessels/ns/b')).rejects.toSatisfy(isInternalStorageError);
    await expect(storage.getList('/vessels/', { recursive: true })).rejects.toThrow(
      'unable to transform key "/registry/vessels/ns/b": the value was not sealed for this key',
    );
    const events: string[] = [];
    await new Promise<void>((resolve) => {
      storage.watch('/vessels/', { recursive: true, resourceVersion: '1' }).subscribe({
        next: (event) => events.push(event.type),
        complete: resolve,
      });
    });
    expect(events).toEqual(['ADDED', 'ERROR']);
    await storage.delete('/vessels/ns/b', { expectTransformOrDecodeError: true });
    expect((await storage.getList('/vessels/', { recursive: true })).items.length).toBe(1);
  });

  test('identity refuses what looks encrypted', async () => {
    const backend = createMemoryBackend();
    const sealed = new TextEncoder().encode('k8s:enc:aescbc:v1:key1:abc');
    await backend.put('/registry/vessels/ns/a', sealed, 0);
    await expect(open(backend).get('/vessels/ns/a')).rejects.toThrow(
      'identity transformer tried to read encrypted data',
    );
    expect(() => identityTransformer.fromStorage(sealed, '')).toThrow();
  });
});
