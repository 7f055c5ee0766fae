import type { KeyEvent, KeyValue } from '@orlop/storage-interface/underlying';
import { frame } from './frames.ts';
import { Reader, type Writer } from './protobuf.ts';

/**
 * The messages of etcd's API that a store needs, as frames to send and as what was answered. Field numbers are those of
 * etcd's rpc.proto and kv.proto. Keys are strings here and stand behind a prefix on the wire.
 */

export interface Keys {
  /** What every key of this store begins with on the wire. */
  readonly prefix: string;
  /** Its length in bytes. */
  readonly prefixBytes: number;
}

export const keysBehind = (prefix: string): Keys => ({ prefix, prefixBytes: Buffer.byteLength(prefix) });

/** Half-open; an absent end means the one key. */
export interface KeyRange {
  readonly key: string | Uint8Array;
  readonly end: Uint8Array | undefined;
}

const zero = Uint8Array.of(0);

/** All keys that begin with `prefix`, from `from` on. */
export function prefixRange({ prefix }: Keys, wanted: string, from: string): KeyRange {
  const end = Buffer.from(prefix + wanted);
  // etcd writes "the first key of all" and "no end" as a zero byte.
  const key = prefix + from === '' ? zero : prefix + from;
  if (end.length === 0) return { key, end: zero };
  // No byte of UTF-8 is 255, so the last one can be raised.
  end[end.length - 1]!++;
  return { key, end };
}

export const oneKey = ({ prefix }: Keys, key: string): KeyRange => ({ key: prefix + key, end: undefined });

function writeKey(writer: Writer, field: number, key: string | Uint8Array): void {
  if (typeof key === 'string') writer.text(field, key);
  else writer.bytes(field, key);
}

// Range

export interface RangeRequest extends KeyRange {
  readonly limit?: number;
  readonly revision?: number;
  readonly keysOnly?: boolean;
  readonly countOnly?: boolean;
}

export interface RangeAnswer {
  readonly revision: number;
  readonly kvs: readonly KeyValue[];
  readonly more: boolean;
  readonly count: number;
}

function writeRange(writer: Writer, request: RangeRequest): void {
  writer.bool(9, request.countOnly ?? false);
  writer.bool(8, request.keysOnly ?? false);
  writer.int(4, request.revision ?? 0);
  writer.int(3, request.limit ?? 0);
  if (request.end) writer.bytes(2, request.end);
  writeKey(writer, 1, request.key);
}

export const rangeRequest = (request: RangeRequest): Buffer =>
  frame(64 + request.key.length * 2, (writer) => writeRange(writer, request));

export function readRange(message: Buffer, keys: Keys): RangeAnswer {
  const reader = new Reader(message);
  return readRangeUntil(reader, message.length, keys);
}

function readRangeUntil(reader: Reader, end: number, keys: Keys): RangeAnswer {
  const kvs: KeyValue[] = [];
  let revision = 0;
  let more = false;
  let count = 0;
  while (reader.at < end) {
    const tag = reader.tag();
    if (tag === 0x0a) revision = readHeader(reader);
    else if (tag === 0x12) kvs.push(readKeyValue(reader, keys));
    else if (tag === 0x18) more = reader.int() !== 0;
    else if (tag === 0x20) count = reader.int();
    else reader.skip(tag);
  }
  return { revision, kvs, more, count };
}

/** The revision; ids of cluster and member are beyond the safe integers and of no use here. */
function readHeader(reader: Reader): number {
  const end = reader.nested();
  let revision = 0;
  while (reader.at < end) {
    const tag = reader.tag();
    if (tag === 0x18) revision = reader.int();
    else reader.skip(tag);
  }
  return revision;
}

function readKeyValue(reader: Reader, keys: Keys): KeyValue {
  const end = reader.nested();
  let key = '';
  let value: Buffer | undefined;
  let createRevision = 0;
  let modRevision = 0;
  while (reader.at < end) {
    const tag = reader.tag();
    if (tag === 0x0a) {
      const keyEnd = reader.nested();
      key = reader.buffer.toString('utf8', reader.at + keys.prefixBytes, keyEnd);
      reader.at = keyEnd;
    } else if (tag === 0x10) createRevision = reader.int();
    else if (tag === 0x18) modRevision = reader.int();
    else if (tag === 0x2a) value = reader.bytes();
    else reader.skip(tag);
  }
  return { key, value: value ?? Buffer.alloc(0), createRevision, modRevision };
}

// Transactions: one compare, then a write, else a read

export interface TxnRequest {
  readonly key: string;
  /** What the key must have for the write to happen; 0: it does not exist. */
  readonly modRevision: number;
  /** Absent: the key is deleted. */
  readonly value: Uint8Array | undefined;
  readonly lease?: bigint;
}

export interface TxnAnswer {
  readonly succeeded: boolean;
  readonly revision: number;
  /** What is there instead, when the compare failed. */
  readonly current: KeyValue | undefined;
}

export function txnRequest({ key, modRevision, value, lease }: TxnRequest): Buffer {
  const capacity = 96 + key.length * 4 + (value?.length ?? 0);
  return frame(capacity, (writer) => {
    nest(writer, 3, () => nest(writer, 1, () => writer.text(1, key)));
    nest(writer, 2, () => {
      if (value === undefined) nest(writer, 3, () => writer.text(1, key));
      else {
        nest(writer, 2, () => {
          writer.int64(3, lease ?? 0n);
          writer.bytes(2, value);
          writer.text(1, key);
        });
      }
    });
    nest(writer, 1, () => {
      // One of several fields says what is compared with: 0 must be written, or etcd compares with nothing.
      if (modRevision > 0) writer.int(6, modRevision);
      else writer.raw(Uint8Array.of(6 * 8, 0));
      writer.text(3, key);
      writer.int(2, 2); // the key's modification revision
    });
  });
}

function nest(writer: Writer, field: number, write: () => void): void {
  const before = writer.length;
  write();
  writer.end(field, writer.length - before);
}

export function readTxn(message: Buffer, keys: Keys): TxnAnswer {
  const reader = new Reader(message);
  let succeeded = false;
  let revision = 0;
  let found: RangeAnswer | undefined;
  while (reader.at < message.length) {
    const tag = reader.tag();
    if (tag === 0x0a) revision = readHeader(reader);
    else if (tag === 0x10) succeeded = reader.int() !== 0;
    else if (tag === 0x1a) {
      const end = reader.nested();
      while (reader.at < end) {
        const inner = reader.tag();
        if (inner === 0x0a) found = readRangeUntil(reader, reader.nested(), keys);
        else reader.skip(inner);
      }
    } else reader.skip(tag);
  }
  return { succeeded, revision, current: found?.kvs[0] };
}

// Watches

export interface WatchCreate extends KeyRange {
  readonly startRevision: number;
  /** Ask for progress now and then although nothing happens. */
  readonly progressNotify: boolean;
}

export const watchCreateRequest = (create: WatchCreate): Buffer =>
  frame(64 + create.key.length * 2, (writer) =>
    nest(writer, 1, () => {
      writer.bool(8, true); // fragment
      writer.bool(6, true); // prev_kv
      writer.bool(4, create.progressNotify);
      writer.int(3, create.startRevision);
      if (create.end) writer.bytes(2, create.end);
      writeKey(writer, 1, create.key);
    }),
  );

export const watchProgressRequest = (): Buffer => frame(8, (writer) => nest(writer, 3, () => {}));

export interface WatchAnswer {
  readonly revision: number;
  readonly created: boolean;
  readonly canceled: boolean;
  readonly compactRevision: number;
  readonly cancelReason: string;
  /** More of the same answer follows. */
  readonly fragment: boolean;
  readonly events: readonly KeyEvent[];
  /** Bytes of the message. */
  readonly size: number;
}

export function readWatch(message: Buffer, keys: Keys): WatchAnswer {
  const reader = new Reader(message);
  const answer = {
    revision: 0,
    created: false,
    canceled: false,
    compactRevision: 0,
    cancelReason: '',
    fragment: false,
  };
  const events: KeyEvent[] = [];
  while (reader.at < message.length) {
    const tag = reader.tag();
    if (tag === 0x0a) answer.revision = readHeader(reader);
    else if (tag === 0x18) answer.created = reader.int() !== 0;
    else if (tag === 0x20) answer.canceled = reader.int() !== 0;
    else if (tag === 0x28) answer.compactRevision = reader.int();
    else if (tag === 0x32) answer.cancelReason = reader.text();
    else if (tag === 0x38) answer.fragment = reader.int() !== 0;
    else if (tag === 0x5a) events.push(readEvent(reader, keys));
    // The watch's id is not looked at: each stream has one watch, and answers to all of a stream have the id -1.
    else reader.skip(tag);
  }
  return { ...answer, events, size: message.length };
}

function readEvent(reader: Reader, keys: Keys): KeyEvent {
  const end = reader.nested();
  let deletion = false;
  let kv: KeyValue | undefined;
  let previous: KeyValue | undefined;
  while (reader.at < end) {
    const tag = reader.tag();
    if (tag === 0x08) deletion = reader.int() !== 0;
    else if (tag === 0x12) kv = readKeyValue(reader, keys);
    else if (tag === 0x1a) previous = readKeyValue(reader, keys);
    else reader.skip(tag);
  }
  if (!kv) throw new RangeError('an event without a key');
  if (deletion) return { type: 'delete', key: kv.key, revision: kv.modRevision, previous };
  return { type: 'put', kv, previous };
}

// Leases, compaction, maintenance, authentication

export const leaseGrantRequest = (ttlSeconds: number): Buffer => frame(16, (writer) => writer.int(1, ttlSeconds));

export function readLeaseGrant(message: Buffer): { readonly id: bigint; readonly ttlSeconds: number } {
  const reader = new Reader(message);
  let id = 0n;
  let ttlSeconds = 0;
  while (reader.at < message.length) {
    const tag = reader.tag();
    if (tag === 0x10) id = reader.int64();
    else if (tag === 0x18) ttlSeconds = reader.int();
    else reader.skip(tag);
  }
  return { id, ttlSeconds };
}

export const compactionRequest = (revision: number): Buffer => frame(16, (writer) => writer.int(1, revision));

export const statusRequest = (): Buffer => frame(0, () => {});

export function readStatus(message: Buffer): { readonly version: string; readonly sizeBytes: number } {
  const reader = new Reader(message);
  let version = '';
  let sizeBytes = 0;
  while (reader.at < message.length) {
    const tag = reader.tag();
    if (tag === 0x12) version = reader.text();
    else if (tag === 0x18) sizeBytes = reader.int();
    else reader.skip(tag);
  }
  return { version, sizeBytes };
}

export const authenticateRequest = (user: string, password: string): Buffer =>
  frame(64 + user.length * 3 + password.length * 3, (writer) => {
    writer.text(2, password);
    writer.text(1, user);
  });

export function readToken(message: Buffer): string {
  const reader = new Reader(message);
  let token = '';
  while (reader.at < message.length) {
    const tag = reader.tag();
    if (tag === 0x12) token = reader.text();
    else reader.skip(tag);
  }
  return token;
}
