import { isAlreadyExists, type KubernetesObject } from '@orlop/apimachinery';
import { systemNamespaces } from '@orlop/resources-core';
import { isCreater } from '@orlop/rest';
import { normalize } from '@orlop/schema';
import type { UnderlyingStorage } from '@orlop/storage-interface';
import type { JoinedResource } from './join-resource.ts';
import { systemContext } from './system-context.ts';

/** Creates the namespaces that every cluster has, at the first start on a store. Later starts only look. */
export async function createSystemNamespaces(namespaces: JoinedResource, backend: UnderlyingStorage): Promise<void> {
  const { header } = namespaces;
  const present = await backend.list(`/registry/${header.storagePrefix ?? header.plural}/`, { keysOnly: true });
  const names = new Set(present.kvs.map(({ key }) => key.slice(key.lastIndexOf('/') + 1)));
  const missing = systemNamespaces.filter((name) => !names.has(name));
  if (missing.length === 0) return;
  const { body, storages } = await namespaces.join();
  const { main } = storages;
  if (!isCreater(main)) throw new Error('namespaces cannot be created');
  for (const name of missing) {
    const context = systemContext(header.plural, name);
    const bare = { apiVersion: 'v1', kind: header.kind, metadata: { name } };
    // As if a client had sent it.
    const object = normalize(body.type, bare) as KubernetesObject;
    body.defaults?.(object);
    body.normalize?.(object);
    const options = { dryRun: false, fieldManager: 'orlop', fieldValidation: 'Strict' } as const;
    await main
      .create(context, object, () => {}, options)
      .catch((error: unknown) => {
        // Somebody else who starts on the same store was faster.
        if (!isAlreadyExists(error)) throw error;
      });
  }
}
