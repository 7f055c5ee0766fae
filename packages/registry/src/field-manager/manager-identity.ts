import { goJson, type ManagedFieldsEntry } from '@orlop/apimachinery';

/** Who a manager is, beside what it owns and since when. */
export interface ManagerIdentity {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  /** Absent for appliers: who applies stays the same, whatever version it applies in. */
  readonly apiVersion?: string | undefined;
  readonly subresource?: string | undefined;
}

const known = new Map<string, ManagerIdentity>();
const remembered = 4096;

/**
 * The text that tells managers apart, and orders them in messages: JSON of what makes the manager who it is. The same for
 * an entry of managedFields and for the writer of a request.
 */
export function identityText({
  manager = '',
  operation,
  apiVersion,
  subresource = '',
}: Partial<ManagerIdentity>): string {
  // Put together by hand: this runs for every entry of every write.
  let text = '{';
  if (manager !== '') text += `"manager":${goJson(manager)},`;
  text += `"operation":"${operation}"`;
  if (operation !== 'Apply' && apiVersion !== undefined) text += `,"apiVersion":${goJson(apiVersion)}`;
  if (subresource !== '') text += `,"subresource":${goJson(subresource)}`;
  return `${text}}`;
}

/** The other way. */
export function identityOf(text: string): ManagedFieldsEntry {
  let identity = known.get(text);
  if (identity === undefined) {
    if (known.size >= remembered) known.clear();
    identity = JSON.parse(text) as ManagerIdentity;
    known.set(text, identity);
  }
  return identity as ManagedFieldsEntry;
}
