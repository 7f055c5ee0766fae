import type { ManagedFieldsEntry } from '@orlop/apimachinery';
import { compareBytewise } from '@orlop/schema';
import { fieldsV1Object } from '@orlop/structured-merge';
import type { Managed } from './managed.ts';
import { identityOf } from './manager-identity.ts';

/** The entries of managedFields, in the order in which they are stored: appliers first, then by time, then by name. */
export function encodeManagedFields({ fields, times }: Managed): ManagedFieldsEntry[] {
  const entries: ManagedFieldsEntry[] = [];
  for (const [identity, { set, version }] of fields) {
    const { manager, operation, subresource } = identityOf(identity);
    const time = times.get(identity);
    // Member by member, in the order in which they are written: spreading costs more than all the rest.
    const entry: ManagedFieldsEntry = {};
    if (manager !== undefined) entry.manager = manager;
    if (operation !== undefined) entry.operation = operation;
    entry.apiVersion = version;
    if (time !== undefined) entry.time = time;
    entry.fieldsType = 'FieldsV1';
    entry.fieldsV1 = fieldsV1Object(set);
    if (subresource !== undefined) entry.subresource = subresource;
    entries.push(entry);
  }
  return entries.length > 1 ? entries.sort(compareEntries) : entries;
}

function compareEntries(a: ManagedFieldsEntry, b: ManagedFieldsEntry): number {
  return (
    compareTexts(a.operation, b.operation) ||
    // Whole seconds in one form, so their texts are in the order of time.
    compareTexts(a.time, b.time) ||
    compareTexts(a.manager, b.manager) ||
    compareTexts(a.apiVersion, b.apiVersion) ||
    compareTexts(a.subresource, b.subresource)
  );
}

const compareTexts = (a = '', b = ''): number => (a === b ? 0 : compareBytewise(a, b));
