import {
  compareBytes,
  type FieldErrorList,
  type FieldPath,
  fieldError,
  fieldPath,
  isConfigMapKey,
} from '@orlop/apimachinery';
import { sameValue } from '@orlop/rest';
import { wasSentEmpty } from '@orlop/schema';

/** What ConfigMaps and Secrets share: entries under file-like names, 1 MiB in all, a flag that freezes them. */

/** Bytes that all values of one object may have together. */
export const maxDataBytes = 1024 * 1024;

type Entries = Readonly<Record<string, string>>;

/** Keys in the order in which their faults are reported. */
export function sortedKeys(entries: Entries | undefined): readonly string[] {
  return entries === undefined ? [] : Object.keys(entries).sort(compareBytes);
}

/** Bytes that were sent as null are stored as none. Changes `entries`. */
export function settleBytes(entries: Record<string, string> | undefined): void {
  for (const key in entries) entries[key] ??= '';
}

/** Faults of one key. */
export function keyErrors(path: FieldPath, key: string): FieldErrorList {
  return isConfigMapKey(key).map((detail) => fieldError.invalid(path.key(key), key, detail));
}

/** Faults of a change to entries that were frozen. */
export function frozenErrors(path: FieldPath, entries: Entries | undefined, old: Entries | undefined): FieldErrorList {
  return sameValue(entries ?? {}, old ?? {}) ? [] : [frozen(path)];
}

/** The same for entries of bytes: upstream compares them so strictly that no entries are another thing than absent ones. */
export function frozenBytesErrors<F extends string>(
  field: F,
  object: { readonly [K in F]?: Entries },
  old: { readonly [K in F]?: Entries },
): FieldErrorList {
  const path = fieldPath(field);
  return wasSentEmpty(object, field) ? [frozen(path)] : frozenErrors(path, object[field], old[field]);
}

/** Faults of a flag that was set and is not any more. */
export function frozenFlagErrors(path: FieldPath, immutable: boolean | undefined): FieldErrorList {
  return immutable === true ? [] : [frozen(path)];
}

function frozen(path: FieldPath) {
  return fieldError.forbidden(path, 'field is immutable when `immutable` is set');
}
