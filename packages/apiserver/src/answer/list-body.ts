import { type EncodedObject, encodeUtf8, type Stored } from '@orlop/apimachinery';
import { type BodyStream, joinParts, type ServerResponse } from '../http/exchange.ts';
import { Turns } from '../http/turns.ts';

/** The body of a list. */
export interface ListBody {
  readonly size: number;
  /** All of it in one piece. */
  whole(): Uint8Array;
  /** Writes it in parts to the open stream of an answer. */
  send(stream: BodyStream, answer: ServerResponse): Promise<void>;
}

/**
 * A body of bytes that are kept, and go out as they are. They are handed over at once, which takes no more memory than there
 * is and lets the system send many with one call, however slow the client is.
 * @param items each behind a comma, see ListRuns
 */
export function keptBody(head: Uint8Array, [first = comma, ...others]: readonly Uint8Array[]): ListBody {
  const parts = [head, first.subarray(1), ...others, tail];
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  return {
    size,
    whole: () => joinParts(parts, size),
    async send(stream) {
      for (const part of parts) stream.write(part);
    },
  };
}

/**
 * A body whose items are copied from their own buffers into a few large ones, which are used again once they have gone out.
 * Others get their turn while the items are encoded, and a slow client makes us wait.
 */
export async function copiedBody(head: Uint8Array, stored: readonly Stored[], apiVersion: string): Promise<ListBody> {
  const items: EncodedObject[] = [];
  let size = head.length + tail.length + Math.max(0, stored.length - 1);
  const turns = new Turns();
  for (const object of stored) {
    const item = object.encoded(apiVersion, 'application/json');
    size += item.byteLength('item');
    items.push(item);
    if (turns.overAfterStep) await turns.next();
  }
  /** Puts the items from `from` on into `target` while they fit. */
  const fill = (target: Uint8Array, offset: number, from: number): { at: number; next: number } => {
    let at = offset;
    let next = from;
    for (; next < items.length; next++) {
      const item = items[next]!;
      if (at + item.byteLength('item') + 1 + tail.length > target.length) break;
      if (next > 0) target[at++] = comma[0]!;
      at = item.copyTo(target, at, 'item');
    }
    if (next === items.length) {
      target.set(tail, at);
      at += tail.length;
    }
    return { at, next };
  };
  return {
    size,
    whole() {
      const bytes = new Uint8Array(size + 1);
      bytes.set(head);
      fill(bytes, head.length, 0);
      return bytes.subarray(0, size);
    },
    async send(stream, answer) {
      const turns = new Turns();
      let ready = stream.write(items.length === 0 ? joinParts([head, tail], size) : head);
      for (let from = 0; from < items.length && !answer.closed; ) {
        if (!ready) await turns.next(new Promise((resolve) => stream.onDrain(resolve)));
        else if (turns.over) await turns.next();
        const staging = take(items[from]!.byteLength('item') + 1 + tail.length);
        const { at, next } = fill(staging, 0, from);
        ready = stream.write(staging.subarray(0, at), () => giveBack(staging));
        from = next;
      }
    },
  };
}

const stagingSize = 512 * 1024;
/** Staging buffers between two uses; a few serve many lists. */
const spare: Uint8Array[] = [];
const mostSpare = 8;

function take(atLeast: number): Uint8Array {
  const known = atLeast <= stagingSize ? spare.pop() : undefined;
  return known ?? new Uint8Array(Math.max(atLeast, stagingSize));
}

function giveBack(buffer: Uint8Array): void {
  if (buffer.length === stagingSize && spare.length < mostSpare) spare.push(buffer);
}

const comma = encodeUtf8(',');
const tail = encodeUtf8(']}\n');
