import { webcrypto } from 'node:crypto';
import { decodeUtf8 } from '@orlop/apimachinery';
import { createMemoryBackend, type MemoryBackend } from '@orlop/backend-memory';
import { registerKit } from '@orlop/conformance';
import { storageCases, storageKit, type Vessel, vessel, vesselSchema, vessels } from '@orlop/conformance/storage';
import { compileSchema } from '@orlop/schema';
import {
  type AesKey,
  aesGcmTransformer,
  createStorage,
  identityTransformer,
  prefixTransformers,
  type ValueTransformer,
} from '@orlop/storage';
import { describe, expect, test } from 'vitest';

const resource = { ...vessels, type: compileSchema(vesselSchema) };
const keyA = '/registry/vessels/ns/a';
const old: AesKey = { name: 'old', secret: new Uint8Array(16).fill(1) };
const young: AesKey = { name: 'young', secret: new Uint8Array(32).fill(2) };

const open = (backend: MemoryBackend, transformer: ValueTransformer) =>
  createStorage<Vessel>({ backend, resource, transformer });
const raw = async (backend: MemoryBackend, key = keyA) => (await backend.get(key)).kv!.value;
const text = async (backend: MemoryBackend, key = keyA) => Buffer.from(await raw(backend, key)).toString('latin1');
const touch = (storage: ReturnType<typeof open>) =>
  storage.guaranteedUpdate('/vessels/ns/a', (current) => ({ object: current!.object }));

// What looks at the bytes in the store knows them unsealed only.
const looksAtBytes = /^(create\/stores|update\/checks-stored-bytes|update\/unreadable|watch\/unreadable)$/;
const kit = storageKit({
  name: 'Storage over memory, encrypted',
  createBackend: () => createMemoryBackend(),
  createStorage: (backend) => ({
    storage: createStorage<Vessel>({ backend, resource, transformer: aesGcmTransformer([young]) }),
  }),
});
registerKit({ ...kit, cases: storageCases.filter((one) => !looksAtBytes.test(one.id)) });

describe('AES-GCM', () => {
  test('nothing of the object is left in the store, and equal objects have unequal bytes', async () => {
    const backend = createMemoryBackend();
    const storage = open(backend, aesGcmTransformer([young]));
    const created = await storage.create('/vessels/ns/a', vessel('ns/a', { berth: 'quay' }));
    const first = await text(backend);
    expect(first.startsWith('k8s:enc:aesgcm:v1:young:')).toBe(true);
    expect(first).not.toContain('quay');
    await storage.delete('/vessels/ns/a');
    await storage.create('/vessels/ns/a', vessel('ns/a', { berth: 'quay' }));
    expect(await text(backend)).not.toBe(first);
    const reader = open(backend, aesGcmTransformer([young]));
    expect((await reader.get('/vessels/ns/a'))!.object.spec).toEqual(created.object.spec);
  });

  test('the value is nonce, ciphertext and tag with the full key authenticated, as other programs expect it', async () => {
    const backend = createMemoryBackend();
    await open(backend, aesGcmTransformer([young])).create('/vessels/ns/a', vessel('ns/a'));
    const value = (await raw(backend)).slice('k8s:enc:aesgcm:v1:young:'.length);
    const { subtle } = webcrypto;
    const key = await subtle.importKey('raw', young.secret, 'AES-GCM', false, ['decrypt']);
    const additionalData = Buffer.from(keyA);
    const plain = await subtle.decrypt(
      { name: 'AES-GCM', iv: value.slice(0, 12), additionalData },
      key,
      value.slice(12),
    );
    expect(decodeUtf8(new Uint8Array(plain))).toMatch(/^\{"kind":"Vessel","apiVersion":"harbor.orlop.dev\/v1"/);
  });

  test('a value copied to another key, or changed by one bit, cannot be read', async () => {
    const backend = createMemoryBackend();
    const storage = open(backend, aesGcmTransformer([young]));
    await storage.create('/vessels/ns/a', vessel('ns/a'));
    await backend.put('/registry/vessels/ns/b', await raw(backend), 0);
    await expect(storage.get('/vessels/ns/b')).rejects.toThrow('cipher: message authentication failed');
    const value = (await raw(backend)).slice();
    value[value.length - 1]! ^= 1;
    await backend.put('/registry/vessels/ns/c', value, 0);
    await expect(storage.get('/vessels/ns/c')).rejects.toThrow('cipher: message authentication failed');
    await backend.put('/registry/vessels/ns/d', value.slice(0, 40), 0);
    await expect(storage.get('/vessels/ns/d')).rejects.toThrow('shorter than the required size');
    // The store's prefix is part of what is authenticated.
    const moved = createStorage<Vessel>({
      backend,
      resource,
      prefix: '/moved',
      transformer: aesGcmTransformer([young]),
    });
    await backend.put('/moved/vessels/ns/a', await raw(backend), 0);
    await expect(moved.get('/vessels/ns/a')).rejects.toThrow('cipher: message authentication failed');
  });

  test('rotation: the old key reads, an update without a change writes with the new one, once', async () => {
    const backend = createMemoryBackend();
    await open(backend, aesGcmTransformer([old])).create('/vessels/ns/a', vessel('ns/a'));
    const rotating = open(backend, aesGcmTransformer([young, old]));
    const before = (await rotating.get('/vessels/ns/a'))!;
    const rotated = await touch(rotating);
    expect(rotated.revision).toBe(before.revision + 1);
    expect(await text(backend)).toMatch(/^k8s:enc:aesgcm:v1:young:/);
    expect((await touch(rotating)).revision).toBe(rotated.revision);
    await expect(open(backend, aesGcmTransformer([old])).get('/vessels/ns/a')).rejects.toThrow(
      'no matching key was found for the provided AES transformer',
    );
    expect((await open(backend, aesGcmTransformer([young])).get('/vessels/ns/a'))!.revision).toBe(rotated.revision);
  });

  test('keys that cannot work are refused at once', () => {
    const secret = new Uint8Array(32);
    expect(() => aesGcmTransformer([])).toThrow('at least one');
    expect(() => aesGcmTransformer([{ name: 'a', secret: new Uint8Array(10) }])).toThrow('"a" has 10 bytes');
    expect(() => aesGcmTransformer([{ name: 'a:b', secret }])).toThrow('colon');
    expect(() =>
      aesGcmTransformer([
        { name: 'a', secret },
        { name: 'a', secret },
      ]),
    ).toThrow('two keys');
  });
});

describe('a list of transformers', () => {
  test('turns encryption on and off again, object by object', async () => {
    const backend = createMemoryBackend();
    await open(backend, identityTransformer).create('/vessels/ns/a', vessel('ns/a'));
    const on = open(backend, prefixTransformers([aesGcmTransformer([young]), identityTransformer]));
    expect((await on.getList('/vessels/', { recursive: true })).items.length).toBe(1);
    const encrypted = await touch(on);
    expect(await text(backend)).toMatch(/^k8s:enc:/);
    expect((await touch(on)).revision).toBe(encrypted.revision);
    await expect(open(backend, identityTransformer).get('/vessels/ns/a')).rejects.toThrow(
      'identity transformer tried to read encrypted data',
    );
    const off = open(backend, prefixTransformers([identityTransformer, aesGcmTransformer([young])]));
    expect((await touch(off)).revision).toBe(encrypted.revision + 1);
    expect(await text(backend)).toMatch(/^\{"kind"/);
  });

  test('a mark that nobody has is named; what nobody of several can read tells all reasons', async () => {
    const value = Buffer.from('k8s:enc:kms:v2:vault:abc');
    const unknown = prefixTransformers([aesGcmTransformer([young]), identityTransformer]);
    await expect(unknown.fromStorage(value, keyA)).rejects.toThrow(
      'the provided value does not match any of the supported transformers',
    );
    const sealed = await aesGcmTransformer([young]).toStorage(Buffer.from('{}'), keyA);
    const other = { name: 'young', secret: new Uint8Array(32).fill(9) };
    const both = prefixTransformers([aesGcmTransformer([other]), aesGcmTransformer([old]), identityTransformer]);
    await expect(both.fromStorage(sealed, keyA)).rejects.toThrow(
      '[cipher: message authentication failed, no matching key was found for the provided AES transformer]',
    );
    // The same name and another secret further back: tried in order, and stale.
    const further = prefixTransformers([aesGcmTransformer([other]), aesGcmTransformer([young])]);
    expect(await further.fromStorage(sealed, keyA)).toEqual({ document: new Uint8Array([0x7b, 0x7d]), stale: true });
  });
});
