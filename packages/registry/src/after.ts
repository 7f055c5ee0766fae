import type { KubernetesObject, Stored } from '@orlop/apimachinery';
import type { StoreHooks } from '@orlop/rest';
import type { StoreParts } from './store-parts.ts';

/** Runs an after function. The change is stored, so a failure here is logged and cannot fail the request. */
export function runAfter<T extends KubernetesObject>(
  parts: StoreParts<T>,
  hook: 'afterCreate' | 'afterUpdate' | 'afterDelete',
  stored: Stored<T>,
  dryRun: boolean,
): void {
  const after: StoreHooks<T>[typeof hook] = parts.hooks[hook];
  if (after === undefined) return;
  try {
    after(stored.object, dryRun);
  } catch (error) {
    parts.runtime.log.error(`${hook} failed`, { resource: parts.resource.resource, key: stored.key, error });
  }
}
