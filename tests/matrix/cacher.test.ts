import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSqliteBackend } from '@orlop/backend-sqlite';
import { createCacher } from '@orlop/cacher';
import { registerKit } from '@orlop/conformance';
import { storageKit, type Vessel, vesselSchema, vessels } from '@orlop/conformance/storage';
import { compileSchema } from '@orlop/schema';
import { createStorage } from '@orlop/storage';
import { afterAll } from 'vitest';

/** The cache over the backends it meets in servers; over memory its own package runs the kit. */
const resource = { ...vessels, type: compileSchema(vesselSchema) };
const folder = mkdtempSync(join(tmpdir(), 'orlop-matrix-'));
let databases = 0;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

registerKit(
  storageKit({
    name: 'Cacher over Storage over SQLite',
    cached: true,
    createBackend: () => createSqliteBackend({ path: join(folder, `${databases++}.db`) }),
    createStorage: (backend) => ({
      storage: createCacher({
        storage: createStorage<Vessel>({ backend, resource }),
        resource: { name: 'vessels', prefix: resource.prefix, indexedFields: ['spec.berth'] },
      }),
    }),
  }),
);
