import { badRequest, goQuote, type KubernetesObject, pathSegmentName } from '@orlop/apimachinery';
import type { StoreParts } from './store-parts.ts';

type KeyParts = Pick<StoreParts<KubernetesObject>, 'root' | 'namespaced'>;

/** Key of the objects of a namespace, or of all when it is empty. */
export function collectionKey({ root, namespaced }: KeyParts, namespace: string): string {
  return namespaced && namespace !== '' ? `${root}/${namespace}` : root;
}

/** Key of one object. @throws BadRequest for a name that cannot stand in a path, and for a missing namespace */
export function objectKey({ root, namespaced }: KeyParts, namespace: string, name: string): string {
  if (namespaced && namespace === '') throw badRequest('Namespace parameter required.');
  if (name === '') throw badRequest('Name parameter required.');
  const faults = pathSegmentName(name, false);
  if (faults.length > 0) throw badRequest(`Name parameter invalid: ${goQuote(name)}: ${faults.join(';')}`);
  return namespaced ? `${root}/${namespace}/${name}` : `${root}/${name}`;
}
