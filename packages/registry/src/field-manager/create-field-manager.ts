import { apiVersionOf, type KubernetesObject, type ManagedFieldsEntry, type Runtime } from '@orlop/apimachinery';
import { copyMetadata, deepCopy, type FieldManager, type FieldManagerEndpoint } from '@orlop/rest';
import { normalize } from '@orlop/schema';
import { ApplyConflicts } from './apply-conflicts.ts';
import { skipUnowned } from './before-first-apply.ts';
import { capManagers } from './cap-managers.ts';
import { checkVersion } from './check-version.ts';
import { decodeManagedFields } from './decode-managed-fields.ts';
import { encodeManagedFields } from './encode-managed-fields.ts';
import { identifyManager } from './identify-manager.ts';
import { keepLastApplied } from './last-applied-annotation.ts';
import { forgiveLastApplied } from './last-applied-conflicts.ts';
import type { Link } from './link.ts';
import { type Managed, managedAfter, nobody } from './managed.ts';
import { mergeFields } from './merge-fields.ts';
import { renewTimes } from './renew-times.ts';
import { stripMetadata } from './strip-metadata.ts';
import { updaterOf } from './updater-of.ts';

/** The field manager of one path. */
export function createFieldManager(
  endpoint: FieldManagerEndpoint,
  runtime: Pick<Runtime, 'clock' | 'log'>,
): FieldManager {
  const { kind, type } = endpoint;
  const apiVersion = apiVersionOf(kind.group, kind.version);
  const empty = normalize(type, { kind: kind.kind, apiVersion, metadata: {} }) as KubernetesObject;
  const chain = chainOf(endpoint, apiVersion, empty, runtime);

  return {
    update(live, next, manager) {
      const before = live ?? empty;
      const entries = before.metadata.managedFields;
      const stored = readable(entries);
      const managed = endpoint.subresource === '' ? askedFor(next.metadata.managedFields, stored) : stored;
      const after = copyMetadata(next);
      // The same entries on both sides are no difference, and need not be taken out.
      setEntries(after, entries);
      try {
        const { fields, times } = chain.update({ live: before, next: after, managed, manager });
        const result = managedAfter(stored, fields, times);
        // Entries that say what is stored already are in place.
        if (result !== stored || stored === nobody) setEntries(after, entriesOf(result));
      } catch (error) {
        // Whoever writes is not to suffer for it. No ownership at all is a state that the next apply can deal with.
        runtime.log.error('field ownership could not be told', { error });
        setEntries(after, undefined);
      }
      return after;
    },

    apply(live, applied, manager, force) {
      const managed = decodeManagedFields(live?.metadata.managedFields);
      const before = bare(live ?? empty);
      try {
        const result = chain.apply({ live: before, applied, managed, manager, force });
        const object = result.object ?? deepCopy(before);
        setEntries(object, entriesOf(result.managed));
        return object;
      } catch (error) {
        throw error instanceof ApplyConflicts ? error.toApiError() : error;
      }
    },
  };
}

function chainOf(
  endpoint: FieldManagerEndpoint,
  apiVersion: string,
  empty: KubernetesObject,
  { clock }: Pick<Runtime, 'clock'>,
): Link {
  const { kind, type, subresource, complete } = endpoint;
  const updater = updaterOf(endpoint, apiVersion);
  const merging = stripMetadata(mergeFields({ type, apiVersion, updater, complete }));
  const identified = capManagers(identifyManager(renewTimes(merging, clock), apiVersion, subresource));
  const unowned = skipUnowned(identified, empty);
  return checkVersion(keepLastApplied(forgiveLastApplied(unowned, type, apiVersion)), kind);
}

/** The object without managedFields: they are no fields that could be owned. Shares everything but its metadata. */
function bare(object: KubernetesObject): KubernetesObject {
  if (object.metadata.managedFields === undefined) return object;
  const copy = copyMetadata(object);
  delete copy.metadata.managedFields;
  return copy;
}

function entriesOf(managed: Managed): ManagedFieldsEntry[] | undefined {
  return managed.fields.size === 0 ? undefined : encodeManagedFields(managed);
}

/** Changes the object's metadata. */
function setEntries({ metadata }: KubernetesObject, entries: ManagedFieldsEntry[] | undefined): void {
  if (entries !== undefined) metadata.managedFields = entries;
  else if (metadata.managedFields !== undefined) delete metadata.managedFields;
}

/**
 * Who owns what before the write: what the client says, as long as it can be read, so that entries can be edited; else
 * what is stored.
 */
function askedFor(sent: readonly ManagedFieldsEntry[] | undefined, stored: Managed): Managed {
  if (sent === undefined) return stored;
  if (isReset(sent)) return nobody;
  const asked = readable(sent);
  return asked.fields.size === 0 ? stored : asked;
}

/** An empty list, or one empty entry: who has no other way to clear a list sends that. */
function isReset(entries: readonly ManagedFieldsEntry[]): boolean {
  return entries.length === 0 || (entries.length === 1 && Object.keys(entries[0]!).length === 0);
}

function readable(entries: readonly ManagedFieldsEntry[] | undefined): Managed {
  try {
    return decodeManagedFields(entries);
  } catch {
    return nobody;
  }
}
