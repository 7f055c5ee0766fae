/**
 * One HTTP request and its answer, as the core sees them. The interfaces ask for what node:http gives at no cost; any
 * other host needs a small adapter (see fetch-handler.ts).
 */

export interface ServerRequest {
  /** Upper case, as sent. */
  readonly method: string;
  /** Path and query, as sent. */
  readonly target: string;
  /** Value of a header by its lower-case name; several values of one name are joined by a comma. */
  header(name: string): string | undefined;
  /** The whole body, empty when there is none; undefined when it is longer than `limit` bytes (the rest is not read). */
  readBody(limit: number): Promise<Uint8Array | undefined>;
}

export interface ServerResponse {
  /** The head has been sent: no other answer can be given. */
  readonly started: boolean;
  /** The client is gone or the answer is complete. */
  readonly closed: boolean;
  /** Compresses with gzip; absent where the host cannot. */
  readonly gzip?: (body: Uint8Array) => Promise<Uint8Array>;
  /**
   * Answers in one piece.
   * @param headers names and values by turns; Content-Length is among them
   */
  send(status: number, headers: readonly string[], body: Uint8Array | string): void;
  /** Sends the head of an answer whose body follows in pieces. */
  open(status: number, headers: readonly string[], options?: { readonly length?: number }): BodyStream;
  /** Calls back once when the client is gone or the answer is complete; the returned function cancels. */
  onClose(listener: () => void): () => void;
}

/** The body of an answer under way. */
export interface BodyStream {
  /**
   * Pieces must be framed by `frameChunk` before they are written. Streams with equal content to many clients frame it
   * once for all of them.
   */
  readonly framed: boolean;
  /**
   * Hands over bytes that nobody changes before `done` is called (never, when the client is gone).
   * @returns false: wait for `onDrain` before more is written
   */
  write(bytes: Uint8Array, done?: () => void): boolean;
  /** Calls back once when a write that answered false has gone out, or the client is gone. */
  onDrain(listener: () => void): void;
  /** Ends the body as it should end. */
  end(): void;
  /** Cuts the connection: the client sees a broken answer. */
  abort(): void;
}

/** One chunk of HTTP/1.1 chunked coding around the bytes of `parts`. */
export function frameChunk(parts: readonly Uint8Array[], size: number): Uint8Array {
  const head = size.toString(16);
  const frame = new Uint8Array(head.length + size + 4);
  let at = 0;
  for (let i = 0; i < head.length; i++) frame[at++] = head.charCodeAt(i);
  frame[at++] = 13;
  frame[at++] = 10;
  at = copyParts(parts, frame, at);
  frame[at++] = 13;
  frame[at] = 10;
  return frame;
}

/** The bytes of `parts` in one piece. */
export function joinParts(parts: readonly Uint8Array[], size: number): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const joined = new Uint8Array(size);
  copyParts(parts, joined, 0);
  return joined;
}

function copyParts(parts: readonly Uint8Array[], target: Uint8Array, offset: number): number {
  let at = offset;
  for (const part of parts) {
    target.set(part, at);
    at += part.length;
  }
  return at;
}
