import type { KubernetesObject } from '@orlop/apimachinery';

/**
 * An empty list of managedFields asks that nobody own anything any more. Canonical objects have no empty lists, so it is
 * put back for the field manager.
 * @param sent what the object was read from
 */
export function keepReset(object: KubernetesObject, sent: unknown): void {
  if (object.metadata.managedFields === undefined && isEmptyList(sent)) object.metadata.managedFields = [];
}

/** As `keepReset`, of a text that has been read. */
export function keepResetOfText(object: KubernetesObject, text: string): void {
  if (object.metadata.managedFields !== undefined || !text.includes('"managedFields"')) return;
  keepReset(object, JSON.parse(text));
}

function isEmptyList(sent: unknown): boolean {
  const metadata = memberOf(sent, 'metadata');
  const list = memberOf(metadata, 'managedFields');
  return Array.isArray(list) && list.length === 0;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}
