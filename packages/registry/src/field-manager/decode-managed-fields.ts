import type { ManagedFieldsEntry } from '@orlop/apimachinery';
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
  entries.forEach((entry, index) => {
    const { operation, apiVersion = '', fieldsType, time } = entry;
    if (operation !== 'Apply' && operation !== 'Update') throw new Error('operation must be `Apply` or `Update`');
    if (apiVersion === '') throw new Error('apiVersion must not be empty');
    if (fieldsType !== 'FieldsV1') {
      throw new Error(`invalid fieldsType ${JSON.stringify(fieldsType ?? '')} in managed fields entry ${index}`);
    }
    const identity = identityText(entry as Parameters<typeof identityText>[0]);
    fields.set(identity, { set: setOf(entry), version: apiVersion, applied: operation === 'Apply' });
    times.set(identity, time);
  });
  return { fields, times };
}

function setOf({ fieldsV1 }: ManagedFieldsEntry): FieldSet {
  return fieldsV1 === undefined || fieldsV1 === null ? noFields : decodeFieldsV1(fieldsV1);
}
