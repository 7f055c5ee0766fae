import { createMemoryBackend } from '@orlop/backend-memory';
import { createCacher } from '@orlop/cacher';
import { registerKit } from '@orlop/conformance';
import { storageKit, type Vessel, vesselSchema, vessels } from '@orlop/conformance/storage';
import { compileSchema } from '@orlop/schema';
import { createStorage } from '@orlop/storage';

const resource = { ...vessels, type: compileSchema(vesselSchema) };

registerKit(
  storageKit({
    name: 'Cacher over Storage over memory',
    cached: true,
    createBackend: () => createMemoryBackend(),
    createStorage: (backend) => ({
      storage: createCacher({
        storage: createStorage<Vessel>({ backend, resource }),
        resource: { name: 'vessels', prefix: resource.prefix, indexedFields: ['spec.berth'] },
      }),
    }),
  }),
);
