import type { KubernetesObject } from '@orlop/apimachinery';
import { copySentEmpty } from '@orlop/schema';

/** A copy whose root and metadata may be changed member by member; everything else is shared and must not be. */
export function copyMetadata<T extends KubernetesObject>(object: T): T {
  const copy = { ...object, metadata: { ...object.metadata } };
  copySentEmpty(object, copy);
  return copy;
}

/** A copy that shares nothing. */
export function deepCopy<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(deepCopy) as T;
  const copy: Record<string, unknown> = {};
  const source = value as Readonly<Record<string, unknown>>;
  for (const name in source) copy[name] = deepCopy(source[name]);
  return copy as T;
}
