import type { KubernetesObject } from '@orlop/apimachinery';
import type { FieldManagerEndpoint, KindVersion, KindVersions } from '@orlop/rest';
import { fromUnstructured } from '@orlop/schema';
import { createUpdater, type FieldFilter, type Updater, type VersionConverter } from '@orlop/structured-merge';
import { trackedFields } from './reset-fields.ts';

/** The updater of a path: it knows what is tracked in each version of the kind, and how to get from one to another. */
export function updaterOf(
  { type, resetFields, versions }: Pick<FieldManagerEndpoint, 'type' | 'resetFields' | 'versions'>,
  apiVersion: string,
): Updater {
  const known = new Map<string, KindVersion>(versions?.others).set(apiVersion, { type, resetFields });
  const tracked = new Map<string, FieldFilter>();
  for (const [version, { resetFields }] of known) {
    const filter = trackedFields(resetFields);
    if (filter !== undefined) tracked.set(version, filter);
  }
  return createUpdater({
    ...(tracked.size === 0 ? {} : { tracked }),
    ...(versions === undefined ? {} : { converter: converterOf(versions, known) }),
  });
}

function converterOf(versions: KindVersions, known: ReadonlyMap<string, KindVersion>): VersionConverter {
  return {
    convert({ type, value }, from, to) {
      const target = known.get(to);
      if (target === undefined) return undefined;
      // Fields may have been taken out, so that null stands in their place: converters get objects as decoding makes them.
      const object = fromUnstructured(type, value).value as KubernetesObject;
      return { type: target.type, value: versions.convert(object, from, to) };
    },
  };
}
