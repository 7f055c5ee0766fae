import { createMemoryBackend } from '@orlop/backend-memory';
import { type Vessel, vesselSchema, vessels } from '@orlop/conformance/storage';
import { compileSchema } from '@orlop/schema';
import { createStorage } from '@orlop/storage';
import { isInvalidResourceVersion } from '@orlop/storage-interface';
import { describe, expect, it } from 'vitest';
import { createCacher } from '../src/index.ts';

describe('get', () => {
  const resource = { ...vessels, type: compileSchema(vesselSchema) };
  const storage = createCacher({
    storage: createStorage<Vessel>({ backend: createMemoryBackend(), resource }),
    resource: { name: 'vessels', prefix: resource.prefix },
  });

  it.each(['abc', '-1', '18446744073709551616'])(
    'refuses resourceVersion %s as the cache, before the store',
    async (asked) => {
      const error = await storage.get('/vessels/ns/a', { resourceVersion: asked }).catch((caught: unknown) => caught);
      expect(isInvalidResourceVersion(error)).toBe(true);
      expect((error as Error).message).toMatch(/^resourceVersion: Invalid value: /);
    },
  );
});
