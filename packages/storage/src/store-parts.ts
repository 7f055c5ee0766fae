import type { KubernetesObject } from '@orlop/apimachinery';
import type { KeyValue, Runtime, UnderlyingStorage } from '@orlop/storage-interface';
import { internalStorageError } from '@orlop/storage-interface';
import type { Codec } from './codec.ts';
import type { Keys } from './keys.ts';
import type { Records } from './records.ts';
import type { StoredFamily, StoredObject } from './stored-object.ts';

/** What the verbs of one storage share. */
export interface StoreParts<T extends KubernetesObject> {
  readonly backend: UnderlyingStorage;
  readonly keys: Keys;
  readonly codec: Codec<T>;
  readonly family: StoredFamily<T>;
  readonly records: Records<T>;
  readonly runtime: Runtime;
}

/** The object of a record. @throws InternalError when it cannot be decrypted or decoded */
export async function readRecord<T extends KubernetesObject>(
  parts: StoreParts<T>,
  kv: KeyValue,
): Promise<StoredObject<T>> {
  try {
    return await parts.records.read(kv);
  } catch (error) {
    throw internalStorageError((error as Error).message, error);
  }
}
