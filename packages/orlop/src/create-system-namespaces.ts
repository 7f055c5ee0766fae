import { isAlreadyExists, type KubernetesObject, type Runtime } from '@orlop/apimachinery';
import { createFieldManager } from '@orlop/registry';
import { systemNamespaces } from '@orlop/resources-core';
import { isCreater } from '@orlop/rest';
import { normalize } from '@orlop/schema';
import type { UnderlyingStorage } from '@orlop/storage-interface';
import type { JoinedResource } from './join-resource.ts';
import { systemContext } from './system-context.ts';

/** Who owns the fields of what the server makes by itself. */
const fieldManager = 'kube-apiserver';

/** Creates the namespaces that every cluster has, at the first start on a store. Later starts only look. */
export async function createSystemNamespaces(
  namespaces: JoinedResource,
  backend: UnderlyingStorage,
  runtime: Runtime,
): Promise<void> {
  const { header } = namespaces;
  const present = await backend.list(`/registry/${header.storagePrefix ?? header.plural}/`, { keysOnly: true });
  const names = new Set(present.kvs.map(({ key }) => key.slice(key.lastIndexOf('/') + 1)));
  const missing = systemNamespaces.filter((name) => !names.has(name));
  if (missing.length === 0) return;
  const { body, storages } = await namespaces.join();
  const { main } = storages;
  if (!isCreater(main)) throw new Error('namespaces cannot be created');
  const { group, version, kind } = header;
  // As if a client had sent it.
  const complete = (object: KubernetesObject): void => {
    body.defaults?.(object);
    body.normalize?.(object);
  };
  const endpoint = { kind: { group, version, kind }, type: body.type, subresource: '', complete };
  const fields = createFieldManager({ ...endpoint, resetFields: main.resetFields }, runtime);
  for (const name of missing) {
    const context = systemContext(header.plural, name);
    const bare = { apiVersion: 'v1', kind, metadata: { name } };
    const object = normalize(body.type, bare) as KubernetesObject;
    complete(object);
    const options = { dryRun: false, fieldManager, fieldValidation: 'Strict' } as const;
    await main
      .create(context, fields.update(undefined, object, fieldManager), () => {}, options)
      .catch((error: unknown) => {
        // Somebody else who starts on the same store was faster.
        if (!isAlreadyExists(error)) throw error;
      });
  }
}
