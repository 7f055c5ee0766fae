import { createUnstored, type KubernetesObject, type Stored } from '@orlop/apimachinery';
import type { StoreParts } from './store-parts.ts';

/** The object as it is sent out. Without a decorator the stored instance itself goes on, bytes and all. */
export function decorated<T extends KubernetesObject>(parts: StoreParts<T>, stored: Stored<T>): Stored<T> {
  const { decorate } = parts.hooks;
  if (decorate === undefined) return stored;
  const object = decorate(stored.object);
  return object === stored.object ? stored : createUnstored(object, parts.body.type, { fields: stored.fields });
}
