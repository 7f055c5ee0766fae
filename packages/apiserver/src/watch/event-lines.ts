import {
  encodeUtf8,
  type KubernetesObject,
  type Status,
  type Stored,
  type StoredEvent,
  statusOf,
} from '@orlop/apimachinery';
import { encode, normalize } from '@orlop/schema';
import { documentText, objectText, partialText, tableDocument, type Writing } from '../answer/represent.ts';
import { rowText } from '../answer/table.ts';
import type { Target } from '../resources.ts';

type ChangeType = 'ADDED' | 'MODIFIED' | 'DELETED';

/** Lines kept for those who watch the same; older ones are made again when somebody still needs them. */
const keptLines = 1024;

const heads: Readonly<Record<ChangeType, Uint8Array>> = {
  ADDED: encodeUtf8('{"type":"ADDED","object":'),
  MODIFIED: encodeUtf8('{"type":"MODIFIED","object":'),
  DELETED: encodeUtf8('{"type":"DELETED","object":'),
};
const tail = encodeUtf8('}\n');

/**
 * Writes the events of one resource in one form as lines. All streams of that form share it, so an event is one buffer
 * however many are sent it.
 */
export class EventLines {
  readonly #writing: Omit<Writing, 'now'>;
  readonly #kept = new Map<Stored, { type: ChangeType; line: Uint8Array }>();

  constructor(writing: Omit<Writing, 'now'>) {
    this.#writing = writing;
  }

  /**
   * The line of an event.
   * @param first the first line of a stream: of a table's columns only this one tells
   * @returns undefined when the form cannot hold the event, which ends the stream
   */
  line(event: StoredEvent, first: boolean, now: number): Uint8Array | undefined {
    switch (event.type) {
      case 'BOOKMARK':
        return this.#text(event.type, this.#bookmark(event.resourceVersion, event.initialEventsEnd, first, now));
      case 'ERROR':
        return errorLine(statusOf(event.error));
      default:
        return this.#change(event.type, event.object, first, now);
    }
  }

  #change(type: ChangeType, object: Stored, first: boolean, now: number): Uint8Array | undefined {
    const { form, target } = this.#writing;
    if (form.as === 'partialList') return undefined;
    if (form.as === 'table') return this.#text(type, this.#table(object, first, now));
    const known = this.#kept.get(object);
    if (known?.type === type) return known.line;
    const line =
      form.as === 'object'
        ? documentLine(type, object, target)
        : this.#text(type, objectText({ ...this.#writing, now }, object))!;
    if (this.#kept.size >= keptLines) this.#kept.delete(this.#kept.keys().next().value!);
    this.#kept.set(object, { type, line });
    return line;
  }

  #text(type: string, object: string | undefined): Uint8Array | undefined {
    return object === undefined ? undefined : encodeUtf8(`{"type":"${type}","object":${object}}\n`);
  }

  #table(stored: Stored, first: boolean, now: number): string {
    const { target, form, include } = this.#writing;
    const { object } = stored;
    const beside =
      include === 'None'
        ? 'null'
        : include === 'Object'
          ? documentText(target, stored)
          : partialText(target, object, form.metaVersion);
    const row = rowText(target, object, now, beside);
    const resourceVersion = object.metadata.resourceVersion ?? '';
    return tableDocument(target, form.metaVersion, { resourceVersion }, `[${row}]`, first);
  }

  /** An object that says nothing but how far the stream is; the fields a type always has are there, empty. */
  #bookmark(revision: number, initialEventsEnd: boolean, first: boolean, now: number): string | undefined {
    const { target, form, include } = this.#writing;
    if (form.as === 'partialList') return undefined;
    const resourceVersion = String(revision);
    const empty: KubernetesObject = {
      kind: target.kind.kind,
      apiVersion: target.apiVersion,
      metadata: { resourceVersion, ...(initialEventsEnd && { annotations: { 'k8s.io/initial-events-end': 'true' } }) },
    };
    if (form.as === 'partial') return partialText(target, empty, form.metaVersion);
    const object = normalize(target.type, empty) as KubernetesObject;
    target.settle(object);
    if (form.as === 'object') return encode(target.type, object);
    const beside =
      include === 'None'
        ? 'null'
        : include === 'Object'
          ? encode(target.type, object)
          : partialText(target, object, form.metaVersion);
    const rows = `[${rowText(target, object, now, beside)}]`;
    return tableDocument(target, form.metaVersion, { resourceVersion }, rows, first);
  }
}

export function errorLine(status: Status): Uint8Array {
  return encodeUtf8(`{"type":"ERROR","object":${JSON.stringify(status)}}\n`);
}

function documentLine(type: ChangeType, object: Stored, target: Target): Uint8Array {
  const head = heads[type];
  const encoded = object.encoded(target.apiVersion, 'application/json');
  const size = encoded.byteLength('document');
  const line = new Uint8Array(head.length + size + tail.length);
  line.set(head);
  const at = encoded.copyTo(line, head.length, 'document');
  line.set(tail, at);
  return line;
}
