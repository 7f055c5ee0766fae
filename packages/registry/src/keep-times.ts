import type { KubernetesObject, ManagedFieldsEntry } from '@orlop/apimachinery';
import { equalSemantic, type TypeNode } from '@orlop/schema';

/**
 * An update that changes nothing but the times of managedFields gets the old ones back, so that it is none and the object
 * keeps its resourceVersion. Changes `object`.
 */
export function keepTimes<T extends KubernetesObject>(type: TypeNode, object: T, old: T): void {
  const after = object.metadata.managedFields;
  const before = old.metadata.managedFields;
  if (after === before) return;
  // A new generation says cheaply that something else has changed.
  if (object.metadata.generation !== old.metadata.generation) return;
  if (after === undefined || before === undefined || before.length === 0 || after.length !== before.length) return;
  if (!after.every((entry, at) => sameButTime(entry, before[at]!))) return;
  if (after.every(({ time }, at) => time === before[at]!.time)) return;
  object.metadata.managedFields = before;
  object.metadata.managedFields = equalSemantic(type, object, old) ? [...before] : after;
}

function sameButTime(a: ManagedFieldsEntry, b: ManagedFieldsEntry): boolean {
  return (
    a.manager === b.manager &&
    a.operation === b.operation &&
    a.apiVersion === b.apiVersion &&
    a.subresource === b.subresource &&
    a.fieldsType === b.fieldsType &&
    (a.fieldsV1 === b.fieldsV1 || JSON.stringify(a.fieldsV1) === JSON.stringify(b.fieldsV1))
  );
}
