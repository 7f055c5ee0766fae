import type { ManagedFieldsEntry } from '@orlop/apimachinery';
import { isFieldsV1 } from '@orlop/schema';
import { decodeFieldsV1, type FieldSet, type ManagedSet, noFields } from '@orlop/structured-merge';
import { type Managed, nobody } from './managed.ts';
import { identityText } from './manager-identity.ts';

/**
 * Reads entries of managedFields.
 * @throws an Error naming the first thing that is not understood
 */
export function decodeManagedFields(entries: readonly ManagedFieldsEntry[] | undefined): Managed {
  if (entries === undefined || entries.length === 0) return nobody;
  const fields = new Map<string, ManagedSet>();
  const times = new Map<string, string | undefined>();
  for (let index = 0; index < entries.length; index++) {
    const entry = entries[index]!;
    const { identity, managed } = known(entry) ?? read(entry, index);
    fields.set(identity, managed);
    times.set(identity, entry.time);
  }
  return { fields, times };
}

/** What an entry says, but for its time. */
interface Reading {
  readonly entry: ManagedFieldsEntry;
  readonly identity: string;
  readonly managed: ManagedSet;
}

/** What was read last with a document. Objects made alike are owned alike, so it mostly is the same again. */
const readings = new WeakMap<object, Reading>();

function known(entry: ManagedFieldsEntry): Reading | undefined {
  const reading = readings.get(entry.fieldsV1 as object);
  if (reading === undefined) return undefined;
  const before = reading.entry;
  const same =
    entry.manager === before.manager &&
    entry.operation === before.operation &&
    entry.apiVersion === before.apiVersion &&
    entry.subresource === before.subresource &&
    entry.fieldsType === before.fieldsType;
  return same ? reading : undefined;
}

function read(entry: ManagedFieldsEntry, index: number): Reading {
  const { operation, apiVersion = '', fieldsType, fieldsV1 } = entry;
  if (operation !== 'Apply' && operation !== 'Update') throw new Error('operation must be `Apply` or `Update`');
  if (apiVersion === '') throw new Error('apiVersion must not be empty');
  if (fieldsType !== 'FieldsV1') {
    throw new Error(`invalid fieldsType ${JSON.stringify(fieldsType ?? '')} in managed fields entry ${index}`);
  }
  const identity = identityText(entry as Parameters<typeof identityText>[0]);
  const managed: ManagedSet = { set: setOf(entry), version: apiVersion, applied: operation === 'Apply' };
  const reading = { entry: { ...entry }, identity, managed };
  // Others may change.
  if (isFieldsV1(fieldsV1)) readings.set(fieldsV1, reading);
  return reading;
}

function setOf({ fieldsV1 }: ManagedFieldsEntry): FieldSet {
  return fieldsV1 === undefined || fieldsV1 === null ? noFields : decodeFieldsV1(fieldsV1);
}
