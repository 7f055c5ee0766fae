/** Thrown for bytes that are no message of the type; the message is what Go's readers say. */
export class WireError extends Error {
  readonly code = 'WireError';
}
