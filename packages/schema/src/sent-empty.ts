/** The fields of values just read whose maps and lists were sent empty. Beside the values, so that nothing is stored. */
const sentEmpty = new WeakMap<object, readonly string[]>();

export function markSentEmpty(value: object, fields: readonly string[]): void {
  sentEmpty.set(value, fields);
}

/**
 * Whether a map or list that a canonical object lacks was sent, but empty: Go tells the two apart until an object is
 * stored. Known of the very object that was read, not of a copy; what is read from storage has forgotten.
 */
export function wasSentEmpty(value: object, field: string): boolean {
  return sentEmpty.get(value)?.includes(field) === true;
}

/** Makes a copy know what its original was sent with. */
export function copySentEmpty(from: object, to: object): void {
  const fields = sentEmpty.get(from);
  if (fields !== undefined) sentEmpty.set(to, fields);
}
