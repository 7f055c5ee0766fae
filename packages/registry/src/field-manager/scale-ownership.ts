import { apiVersionOf } from '@orlop/apimachinery';
import type { ScaledFields, ScaleOwnership } from '@orlop/rest';
import { scaleKind } from '@orlop/rest';
import { type FieldSet, fieldElement, fieldSet, type ManagedSet, type Path, pathOf } from '@orlop/structured-merge';
import { decodeManagedFields } from './decode-managed-fields.ts';
import { encodeManagedFields } from './encode-managed-fields.ts';

const scaleVersion = apiVersionOf(scaleKind.group, scaleKind.version);
const replicasOfScale = pathOf('spec', 'replicas');
const scaleSet = fieldSet(replicasOfScale);

/**
 * Only the size goes to and fro. Who writes it through the scale takes it from its owners in the object; entries that
 * come back have no time, because identities of updaters name the version of the Scale and are not found again.
 */
export const scaleOwnership: ScaleOwnership = {
  ofScale({ entries, apiVersion, replicasPath }) {
    const { fields, times } = decodeManagedFields(entries);
    const path = pathOfText(replicasPath);
    const scaled = new Map<string, ManagedSet>();
    for (const [manager, { set, version, applied }] of fields) {
      if (version !== apiVersion || !set.has(path)) continue;
      scaled.set(manager, { set: scaleSet, version: scaleVersion, applied });
    }
    return encodeManagedFields({ fields: scaled, times });
  },

  ofObject({ entries, apiVersion, replicasPath }: ScaledFields, scaledEntries) {
    const { fields, times } = decodeManagedFields(entries);
    const path = pathOfText(replicasPath);
    const size: FieldSet = fieldSet(path);
    const scaled = new Map(decodeManagedFields(scaledEntries).fields);
    const result = new Map<string, ManagedSet>();
    for (const [manager, managed] of fields) {
      if (managed.version !== apiVersion) continue;
      if (!managed.set.has(path) || scaled.delete(manager)) {
        result.set(manager, managed);
        continue;
      }
      const set = managed.set.difference(size);
      if (!set.empty) result.set(manager, { ...managed, set });
    }
    for (const [manager, { set, applied }] of scaled) {
      if (set.has(replicasOfScale)) result.set(manager, { set: size, version: apiVersion, applied });
    }
    return encodeManagedFields({ fields: result, times });
  },
};

/** `.spec.replicas` as a path. */
function pathOfText(text: string): Path {
  return text.split('.').flatMap((name) => (name === '' ? [] : [fieldElement(name)]));
}
