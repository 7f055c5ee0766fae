import type { KubernetesObject, Stored } from '@orlop/apimachinery';
import { invalidObject, type Preconditions, type StorageError } from '@orlop/storage-interface';

/** Why the object does not meet the conditions; undefined when it does. A missing object has neither uid nor version. */
export function failedPrecondition<T extends KubernetesObject>(
  fullKey: string,
  preconditions: Preconditions | undefined,
  stored: Stored<T> | undefined,
): StorageError | undefined {
  if (preconditions === undefined) return undefined;
  const { uid, resourceVersion } = preconditions;
  if (uid !== undefined) {
    const actual = stored?.object.metadata.uid ?? '';
    if (uid !== actual) return refuse(fullKey, 'UID', uid, actual);
  }
  if (resourceVersion !== undefined) {
    const actual = stored === undefined ? '' : String(stored.revision);
    if (resourceVersion !== actual) return refuse(fullKey, 'ResourceVersion', resourceVersion, actual);
  }
  return undefined;
}

const refuse = (key: string, what: string, asked: string, actual: string): StorageError =>
  invalidObject(key, `Precondition failed: ${what} in precondition: ${asked}, ${what} in object meta: ${actual}`);
