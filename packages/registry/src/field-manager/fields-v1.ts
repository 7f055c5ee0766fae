import { decodeFieldsV1, type FieldSet, fieldsV1Object, internFields, noFields } from '@orlop/structured-merge';

type Fields = Record<string, unknown>;

/** Sets of the objects that have been read or written here: the next write of an object asks for those of the last one. */
const sets = new WeakMap<object, FieldSet>();

/** The set of what stands under `fieldsV1`. @throws FieldsV1Error */
export function setOfFields(fields: Fields | null | undefined): FieldSet {
  if (fields === undefined || fields === null) return noFields;
  let set = sets.get(fields);
  if (set === undefined) {
    set = decodeFieldsV1(fields);
    sets.set(fields, set);
  }
  return set;
}

/** What stands under `fieldsV1`: one frozen object for all equal sets, as long as they are remembered. */
export function fieldsOfSet(set: FieldSet): Fields {
  const known = internFields(set);
  const fields = fieldsV1Object(known) as Fields;
  if (!sets.has(fields)) sets.set(fields, known);
  return fields;
}
