import { goJson, type ManagedFieldsEntry } from '@orlop/apimachinery';
import { remembering } from '@orlop/schema';

/** Who a manager is, beside what it owns and since when. */
export interface ManagerIdentity {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  /** Absent for appliers: who applies stays the same, whatever version it applies in. */
  readonly apiVersion?: string | undefined;
  readonly subresource?: string | undefined;
}

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
export const identityOf: (text: string) => ManagedFieldsEntry = remembering(
  4096,
  (text) => JSON.parse(text) as ManagedFieldsEntry,
);
