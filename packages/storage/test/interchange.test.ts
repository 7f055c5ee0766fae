import { decodeUtf8, encodeUtf8 } from '@orlop/apimachinery';
import { createMemoryBackend } from '@orlop/backend-memory';
import { type Vessel, vesselSchema, vessels } from '@orlop/conformance/storage';
import { compileSchema } from '@orlop/schema';
import { createStorage, isProtobufValue } from '@orlop/storage';
import { isInternalStorageError } from '@orlop/storage-interface';
import { expect, test } from 'vitest';

const resource = { ...vessels, type: compileSchema(vesselSchema) };

function open() {
  const backend = createMemoryBackend();
  return { backend, storage: createStorage<Vessel>({ backend, resource }) };
}

/** `k8s`, a zero, and the envelope of a ConfigMap named a, as a kube-apiserver stores it. */
const protobuf = Uint8Array.from([
  ...[0x6b, 0x38, 0x73, 0x00, 0x0a, 0x0f, 0x0a, 0x02, 0x76, 0x31, 0x12, 0x09],
  ...Buffer.from('ConfigMap'),
  ...[0x12, 0x05, 0x0a, 0x03, 0x0a, 0x01, 0x61, 0x1a, 0x00, 0x22, 0x00],
]);

test('an object stored as protobuf is a named error, in every verb, and can be removed unseen', async () => {
  const { backend, storage } = open();
  await backend.put('/registry/vessels/ns/a', protobuf, 0);
  const named = (error: unknown): boolean => isInternalStorageError(error) && isProtobufValue(error);
  await expect(storage.get('/vessels/ns/a')).rejects.toSatisfy(named);
  await expect(storage.get('/vessels/ns/a')).rejects.toThrow('--storage-media-type=application/json');
  await expect(storage.getList('/vessels/', { recursive: true })).rejects.toSatisfy(named);
  await expect(storage.guaranteedUpdate('/vessels/ns/a', (c) => ({ object: c!.object }))).rejects.toSatisfy(named);
  await expect(storage.delete('/vessels/ns/a')).rejects.toSatisfy(named);
  const seen: unknown[] = [];
  await new Promise<void>((complete) => {
    storage.watch('/vessels/', { recursive: true, resourceVersion: '1' }).subscribe({
      next: (event) => seen.push(event.type === 'ERROR' && named(event.error)),
      complete,
    });
  });
  expect(seen).toEqual([true]);
  await storage.delete('/vessels/ns/a', { expectTransformOrDecodeError: true });
  expect(isProtobufValue(new Error('k8s'))).toBe(false);
});

test('the newline at the end of what Go encodes makes no difference to a reader', async () => {
  const { backend, storage } = open();
  const document = '{"kind":"Vessel","apiVersion":"harbor.orlop.dev/v1","metadata":{"name":"a","namespace":"ns"}}';
  const { revision } = await backend.put('/registry/vessels/ns/a', encodeUtf8(`${document}\n`), 0);
  const read = (await storage.get('/vessels/ns/a'))!;
  expect(read.revision).toBe(revision);
  expect(decodeUtf8(read.encoded('harbor.orlop.dev/v1', 'application/json').bytes('document'))).toBe(
    document.replace('"namespace":"ns"}', `"namespace":"ns","resourceVersion":"${revision}"}`),
  );
});
