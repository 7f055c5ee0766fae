/** A selector text that cannot be read. The message is what the server answers with 400. */
export class SelectorError extends Error {
  override readonly name = 'SelectorError';
}
