import type { EncodedObject } from './stored.ts';
import { decodeUtf8 } from './utf8.ts';

/** Makes the document of an object in one version and media type. */
export type EncodeObject<T> = (object: T) => EncodedObject;

/** Encoders for what is not the stored form, by `encoderKey`. */
export type ObjectEncoders<T> = ReadonlyMap<string, EncodeObject<T>>;

/** `apps/v1 application/yaml`: how `ObjectEncoders` are found. */
export const encoderKey = (apiVersion: string, mediaType: string): string => `${apiVersion} ${mediaType}`;

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const open = 0x7b;
const close = 0x7d;

/** Metadata fields that Go writes before resourceVersion; all are strings. */
const beforeVersion = ['name', 'generateName', 'namespace', 'selfLink', 'uid'];

/**
 * Canonical JSON of one object together with a resourceVersion that is not part of it. Nothing is joined until someone
 * wants one piece: lists copy the parts straight into their own buffer.
 *
 * The JSON must be as the codec writes it: no spaces, kind and apiVersion first, then metadata, fields in Go's order. It
 * must not hold a resourceVersion of its own if one is given.
 */
export class ObjectBytes implements EncodedObject {
  readonly #json: Uint8Array;
  readonly #resourceVersion: string;
  /** First byte behind TypeMeta; 0 until looked for. */
  #itemStart = 0;
  /** Where the resourceVersion goes; -1: nowhere. */
  #versionAt = -1;
  /** The text that goes there. */
  #version = '';
  #document: Uint8Array | undefined;

  /** @param resourceVersion "" when there is none, or the JSON already has it */
  constructor(json: Uint8Array, resourceVersion: string) {
    this.#json = json;
    this.#resourceVersion = resourceVersion;
  }

  byteLength(form: 'document' | 'item'): number {
    this.#find();
    const size = this.#json.length + this.#version.length;
    return form === 'document' ? size : size - this.#itemStart + 1;
  }

  copyTo(target: Uint8Array, offset: number, form: 'document' | 'item'): number {
    this.#find();
    const json = this.#json;
    let from = 0;
    let at = offset;
    if (form === 'item') {
      target[at++] = open;
      from = this.#itemStart;
    } else if (this.#document !== undefined) {
      target.set(this.#document, at);
      return at + this.#document.length;
    }
    if (this.#versionAt < 0) {
      target.set(from === 0 ? json : json.subarray(from), at);
      return at + json.length - from;
    }
    target.set(json.subarray(from, this.#versionAt), at);
    at += this.#versionAt - from;
    at = put(target, at, this.#version);
    target.set(json.subarray(this.#versionAt), at);
    return at + json.length - this.#versionAt;
  }

  bytes(form: 'document' | 'item'): Uint8Array {
    if (form === 'document' && this.#document !== undefined) return this.#document;
    const size = this.byteLength(form);
    if (form === 'document' && this.#versionAt < 0) {
      this.#document = this.#json;
      return this.#json;
    }
    const bytes = new Uint8Array(size);
    this.copyTo(bytes, 0, form);
    if (form === 'document') this.#document = bytes;
    return bytes;
  }

  /** The document as text. */
  text(): string {
    this.#find();
    if (this.#versionAt < 0) return decodeUtf8(this.#json);
    if (this.#document !== undefined) return decodeUtf8(this.#document);
    // Joining bytes costs nothing beside joining texts, which are copied again when somebody looks into them.
    const target = scratchOf(this.byteLength('document'));
    return decodeUtf8(target, 0, this.copyTo(target, 0, 'document'));
  }

  /**
   * The document as text, without some stretches of the JSON that lie behind the resourceVersion.
   * @param stretches begin and end of each
   * @param placeholder what stands in the place of each, in ASCII
   */
  textWithout(stretches: readonly number[], placeholder: string): string {
    this.#find();
    const json = this.#json;
    const target = scratchOf(json.length + this.#version.length + stretches.length * placeholder.length);
    const first = Math.max(this.#versionAt, 0);
    target.set(json.subarray(0, first), 0);
    let at = put(target, first, this.#versionAt < 0 ? '' : this.#version);
    let from = first;
    for (let i = 0; i < stretches.length; i += 2) {
      const to = stretches[i]!;
      target.set(json.subarray(from, to), at);
      at = put(target, at + to - from, placeholder);
      from = stretches[i + 1]!;
    }
    target.set(json.subarray(from), at);
    return decodeUtf8(target, 0, at + json.length - from);
  }

  /** Part of the JSON as text. */
  stretch(start: number, end: number): string {
    return decodeUtf8(this.#json, start, end);
  }

  /** Walks over TypeMeta and the first metadata fields, about 150 bytes, once. */
  #find(): void {
    if (this.#itemStart !== 0) return;
    const json = this.#json;
    let at = 1;
    for (const name of ['kind', 'apiVersion']) at = skipTextMember(json, at, name);
    this.#itemStart = at;
    const inner = this.#resourceVersion === '' ? -1 : memberValue(json, at, 'metadata');
    if (inner < 0 || json[inner] !== open) return;
    at = inner + 1;
    for (const name of beforeVersion) at = skipTextMember(json, at, name);
    this.#versionAt = at;
    const member = `"resourceVersion":"${this.#resourceVersion}"`;
    // In front of another member it needs a comma behind; as the last one, a comma before, unless it is alone.
    if (json[at] !== close) this.#version = `${member},`;
    else this.#version = json[at - 1] === open ? member : `,${member}`;
  }
}

/** Writes ASCII and answers the offset behind it. */
function put(target: Uint8Array, offset: number, text: string): number {
  for (let i = 0; i < text.length; i++) target[offset + i] = text.charCodeAt(i);
  return offset + text.length;
}

/** Where documents are put together for a moment. */
let scratch = new Uint8Array(0);
const largestScratch = 1 << 20;

function scratchOf(size: number): Uint8Array {
  if (size <= scratch.length) return scratch;
  const fresh = new Uint8Array(size * 2);
  if (fresh.length <= largestScratch) scratch = fresh;
  return fresh;
}

/** Behind the member `name` and its comma when it stands at `at` with a text for a value; else `at`. */
function skipTextMember(json: Uint8Array, at: number, name: string): number {
  let i = memberValue(json, at, name);
  if (i < 0 || json[i] !== quote) return at;
  i++;
  while (json[i] !== quote) i += json[i] === backslash ? 2 : 1;
  return json[i + 1] === comma ? i + 2 : i + 1;
}

/** Where the value of the member `name` begins when that member stands at `at`; else -1. */
function memberValue(json: Uint8Array, at: number, name: string): number {
  if (json[at] !== quote) return -1;
  for (let i = 0; i < name.length; i++) if (json[at + 1 + i] !== name.charCodeAt(i)) return -1;
  return json[at + 1 + name.length] === quote ? at + name.length + 3 : -1;
}
