import { goQuote } from '@orlop/schema';
import { byteLength } from '../text/byte-length.ts';
import { goJson } from '../text/go-json.ts';
import {
  type Container,
  getMember,
  isContainer,
  listIndex,
  outOfRange,
  type Pointer,
  parsePointer,
} from './json-pointer.ts';
import { isList, jsonEqual, setMember } from './json-value.ts';
import { PatchError } from './patch-error.ts';
import { type JsonPatch, type JsonPatchOperation, readJsonPatch } from './read-json-patch.ts';

/** What all copy operations of one patch may write, as JSON. */
export const jsonPatchCopyLimit = 3 * 1024 * 1024;

/**
 * RFC 6902 with the habits of the library upstream uses: `replace` of a missing member adds it, `copy` of one writes null,
 * `test` of one passes for null, negative indices count from the end, and the whole document can be replaced and tested but
 * not added, removed, moved or copied.
 *
 * Gives a new value that shares what did not change; the document and the patch stay as they are. All or nothing.
 * @param patch its text, or what `readJsonPatch` made of it
 * @throws PatchError
 */
export function applyJsonPatch(document: unknown, patch: string | JsonPatch): unknown {
  const { operations } = typeof patch === 'string' ? readJsonPatch(patch) : patch;
  if (operations.length === 0) return document;
  if (!isContainer(document)) throw failed('the document is neither object nor array');
  const editor = new Editor(document);
  for (const operation of operations) editor.apply(operation);
  return editor.root;
}

function failed(text: string): PatchError {
  return new PatchError('Unprocessable', text);
}

type MutableContainer = Record<string, unknown> | unknown[];

/**
 * A document under change: containers are copied when first touched, then changed in place. To look into one is to touch
 * it, too: upstream reads then what it held as text before, which shows in messages by the order of its keys.
 */
class Editor {
  root: Container;
  /** Containers made here that nobody else can see. */
  #owned = new Set<unknown>();
  #copied = 0;

  constructor(document: Container) {
    this.root = document;
  }

  apply(operation: JsonPatchOperation): void {
    const { op, value } = operation;
    const path = (): string => pathOf(operation, 'path');
    const from = (): string => pathOf(operation, 'from');
    if (op === 'add') this.#add(path(), value);
    else if (op === 'remove') this.#remove(path());
    else if (op === 'replace') this.#replace(path(), value);
    else if (op === 'move') this.#move(from(), path());
    else if (op === 'test') this.#test(path(), value);
    else if (op === 'copy') this.#copy(from(), path());
    else throw failed(`Unexpected kind: ${op ?? 'unknown'}`);
  }

  #add(path: string, value: unknown): void {
    const pointer = this.#pointer('add', path);
    const container = this.#own('add', path, pointer);
    if (!isList(container)) setMember(container, pointer.last, value);
    else if (pointer.last === '-') container.push(value);
    else {
      const index = listIndex(pointer.last, container.length + 1);
      if (index > container.length) throw outOfRange(pointer.last);
      container.splice(index, 0, value);
    }
  }

  #remove(path: string): void {
    const pointer = this.#pointer('remove', path);
    this.#find('remove', path, pointer);
    const container = this.#own('remove', path, pointer);
    if (isList(container)) {
      const index = listIndex(pointer.last, container.length);
      if (index >= container.length) throw outOfRange(pointer.last);
      container.splice(index, 1);
      return;
    }
    if (!Object.hasOwn(container, pointer.last)) {
      throw failed(`Unable to remove nonexistent key: ${pointer.last}: missing value`);
    }
    delete container[pointer.last];
  }

  #replace(path: string, value: unknown): void {
    if (path === '') {
      if (!isContainer(value)) throw failed('replace operation value must be object or array');
      this.root = value;
      return;
    }
    const pointer = this.#pointer('replace', path);
    getMember(this.#find('replace', path, pointer), pointer.last);
    const container = this.#own('replace', path, pointer);
    if (isList(container)) container[listIndex(pointer.last, container.length)] = value;
    else setMember(container, pointer.last, value);
  }

  #move(from: string, path: string): void {
    const pointer = this.#pointer('move', from);
    const value = getMember(this.#find('move', from, pointer), pointer.last) ?? null;
    this.#remove(from);
    this.#add(path, value);
  }

  #copy(from: string, path: string): void {
    const source = this.#pointer('copy', from);
    const value = getMember(this.#own('copy', from, source), source.last) ?? null;
    this.#find('copy', path, this.#pointer('copy', path));
    if (value !== null) this.#copied += byteLength(goJson(value));
    if (this.#copied > jsonPatchCopyLimit) {
      throw failed(
        `Unable to complete the copy, the accumulated size increase of copy is ${this.#copied}, exceeding the limit ${jsonPatchCopyLimit}`,
      );
    }
    // The value now has two places, so nothing below it may be changed in place any more.
    this.#owned = new Set();
    this.#add(path, value);
  }

  #test(path: string, expected: unknown): void {
    const actual = path === '' ? this.root : this.#value('test', path);
    if (!jsonEqual(actual ?? null, expected)) throw failed(`testing value ${path} failed: test failed`);
  }

  #value(op: string, path: string): unknown {
    const pointer = this.#pointer(op, path);
    return getMember(this.#own(op, path, pointer), pointer.last);
  }

  #pointer(op: string, path: string): Pointer {
    const pointer = parsePointer(path);
    if (pointer === undefined) throw missing(op, path);
    return pointer;
  }

  /** The container that holds the last key. */
  #find(op: string, path: string, { parents }: Pointer): Container {
    let container = this.root;
    for (const key of parents) {
      let next: unknown;
      try {
        next = getMember(container, key);
      } catch {
        throw missing(op, path);
      }
      if (!isContainer(next)) throw missing(op, path);
      container = next;
    }
    return container;
  }

  /** The same container, free to be changed, and so is everything on the way to it. */
  #own(op: string, path: string, pointer: Pointer): MutableContainer {
    this.#find(op, path, pointer);
    let container = this.#ownedCopy(this.root);
    this.root = container;
    for (const key of pointer.parents) {
      const next = this.#ownedCopy(getMember(container, key) as Container);
      if (isList(container)) container[listIndex(key, container.length)] = next;
      else setMember(container, key, next);
      container = next;
    }
    return container;
  }

  #ownedCopy(container: Container): MutableContainer {
    if (this.#owned.has(container)) return container as MutableContainer;
    const copy = isList(container) ? [...container] : { ...container };
    this.#owned.add(copy);
    return copy;
  }
}

function pathOf(operation: JsonPatchOperation, name: 'path' | 'from'): string {
  const path = operation[name];
  if (path === undefined) throw failed(`operation missing ${name} field: missing value`);
  return path;
}

function missing(op: string, path: string): PatchError {
  return failed(`${op} operation does not apply: doc is missing path: ${goQuote(path)}: missing value`);
}
