import { createMemoryBackend } from '@orlop/backend-memory';
import { registerKit } from '@orlop/conformance';
import { storageKit, type Vessel, vesselSchema, vessels } from '@orlop/conformance/storage';
import { compileSchema } from '@orlop/schema';
import { createStorage } from '@orlop/storage';

const resource = { ...vessels, type: compileSchema(vesselSchema) };

registerKit(
  storageKit({
    name: 'Storage over memory',
    createBackend: () => createMemoryBackend(),
    createStorage: (backend) => ({ storage: createStorage<Vessel>({ backend, resource }) }),
  }),
);
