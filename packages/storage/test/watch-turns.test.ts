import { createMemoryBackend } from '@orlop/backend-memory';
import { manualRuntime } from '@orlop/conformance';
import { type Vessel, vessel, vesselSchema, vessels } from '@orlop/conformance/storage';
import { compileSchema } from '@orlop/schema';
import { expect, it } from 'vitest';
import { createStorage } from '../src/index.ts';

it('a watch with much to tell goes on without a timer, which a program that ends would not wait for', async () => {
  const backend = createMemoryBackend();
  const runtime = { ...manualRuntime(0), timers: { after: () => () => {} } };
  const resource = { ...vessels, type: compileSchema(vesselSchema) };
  const storage = createStorage<Vessel>({ backend, resource, runtime });
  const first = await storage.create('/vessels/ns/first', vessel('ns/first'));
  let told = 0;
  const start = { recursive: true, resourceVersion: String(first.revision) };
  const subscription = storage.watch('/vessels/', start).subscribe(() => told++);
  for (let i = 0; i < 1_000; i++) await storage.create(`/vessels/ns/v${i}`, vessel(`ns/v${i}`));
  await expect.poll(() => told).toBe(1_000);
  subscription.unsubscribe();
  await storage.close();
  await backend.close();
});
