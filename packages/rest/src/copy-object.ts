import type { KubernetesObject, ObjectMeta } from '@orlop/apimachinery';
import { copySentEmpty } from '@orlop/schema';

/** A copy whose root and metadata may be changed member by member; everything else is shared and must not be. */
export function copyMetadata<T extends KubernetesObject>(object: T): T {
  const copy = { ...object, metadata: copyMembers(object.metadata) };
  copySentEmpty(object, copy);
  return copy;
}

/**
 * Member by member: a member that is added to a spread copy gives it a shape that no other object has, and whoever looks
 * into it afterwards pays for that (docs/decisions/0010).
 */
function copyMembers(metadata: ObjectMeta): ObjectMeta {
  const copy: Record<string, unknown> = {};
  for (const name in metadata) copy[name] = metadata[name as keyof ObjectMeta];
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
