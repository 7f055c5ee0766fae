import type { KubernetesObject, Stored } from '@orlop/storage-interface';

/** The least a Stored can be: the cache looks at nothing but key, revision, labels and fields. */
export function stored(key: string, revision: number, labels: Record<string, string> = {}): Stored<KubernetesObject> {
  return {
    key,
    revision,
    labels,
    fields: { 'metadata.name': key.split('/').at(-1)! },
    object: { apiVersion: 'v1', kind: 'Thing', metadata: { name: key, labels, resourceVersion: String(revision) } },
    encoded() {
      throw new Error('the cache never encodes');
    },
    at: (other) => stored(key, other, labels),
  };
}
