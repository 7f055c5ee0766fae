/** The text or value does not fit the type; the message is Go's. */
export class DecodeError extends Error {
  readonly code: string = 'DecodeError';
}
