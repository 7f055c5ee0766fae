import { Writer } from './protobuf.ts';

/** gRPC puts five bytes before each message: a compression flag and the length. */
const headLength = 5;

/** Builds a message and its frame in one buffer. `capacity` is a guess at the message's length. */
export function frame(capacity: number, write: (writer: Writer) => void): Buffer {
  const writer = new Writer(capacity + headLength);
  write(writer);
  const head = Buffer.alloc(headLength);
  head.writeUInt32BE(writer.length, 1);
  writer.raw(head);
  return writer.finish();
}

/** Cuts a stream of bytes into messages. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #length = 0;
  /** Bytes the next step needs: a head, or a head and its message. */
  #needed = headLength;

  /** True between messages: nothing of a further one has come. */
  get idle(): boolean {
    return this.#length === 0;
  }

  /** Takes a chunk and hands on each message that it completes. */
  push(chunk: Buffer, deliver: (message: Buffer) => void): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    while (this.#length >= this.#needed) {
      const bytes = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks, this.#length);
      this.#chunks = [bytes];
      if (bytes[0] !== 0) throw new RangeError('the server sent a compressed message, which nobody asked for');
      const end = headLength + bytes.readUInt32BE(1);
      if (bytes.length < end) {
        this.#needed = end;
        return;
      }
      this.#needed = headLength;
      this.#length = bytes.length - end;
      this.#chunks = this.#length === 0 ? [] : [bytes.subarray(end)];
      deliver(bytes.subarray(headLength, end));
    }
  }
}
