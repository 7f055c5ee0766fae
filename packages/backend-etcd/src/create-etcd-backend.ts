import { systemRuntime } from '@orlop/storage-interface';
import { checkKey, checkPrefix, invalidArgument, type UnderlyingStorage } from '@orlop/storage-interface/underlying';
import { Client, createEtcdClient } from './client.ts';
import { Etcd } from './etcd-backend.ts';
import { keysBehind } from './messages.ts';
import type { EtcdBackendOptions } from './options.ts';
import { answersProgress, isSupported, keepsDeletionAtCompaction } from './server-version.ts';
import { translateError } from './translate-error.ts';

/**
 * Connects to etcd, 3.4 or newer, and asks each member for its version.
 * @throws InvalidArgument (options, version, user), Unavailable (no member answers)
 */
export async function createEtcdBackend(options: EtcdBackendOptions): Promise<UnderlyingStorage> {
  const { prefix = '', maxValueBytes = 1_556_480, probeKey = '/registry/health' } = options;
  checkPrefix(prefix);
  checkKey(probeKey);
  if (!(maxValueBytes > 0)) throw invalidArgument(`maxValueBytes must be a positive number, not ${maxValueBytes}`);
  const given = 'client' in options ? options.client : undefined;
  if (given && !(given instanceof Client)) throw invalidArgument('client must come from createEtcdClient');
  const client = given ?? (createEtcdClient(options as ConstructorParameters<typeof Client>[0]) as Client);
  try {
    const versions = (await client.statuses()).map(({ version }) => version);
    const old = versions.find((version) => !isSupported(version));
    if (old !== undefined) throw invalidArgument(`etcd ${old} is too old; 3.4 or newer is needed`);
    const backend = new Etcd({
      client,
      owned: given === undefined,
      keys: keysBehind(prefix),
      probeKey,
      maxValueBytes,
      progress: versions.every(answersProgress),
      keepsDeletion: versions.every(keepsDeletionAtCompaction),
      runtime: options.runtime ?? systemRuntime(),
    });
    // Shows at once whether the user may come in.
    await backend.currentRevision();
    return backend;
  } catch (error) {
    if (!given) client.close();
    throw translateError(error, 'read');
  }
}
