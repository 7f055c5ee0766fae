import { type RawJson, rawJson } from '@orlop/apimachinery';
import type { TypeNode } from '@orlop/schema';

/**
 * How a value looks in messages that were made from Kubernetes' internal types: Go's field names, every field shown, null
 * for what is absent.
 */
export function internalValue(type: TypeNode, value: unknown): RawJson {
  return rawJson(text(type, value, true));
}

/** The same over many lines, each nested one a blank further in. */
export function internalLines(type: TypeNode, value: unknown): string {
  return escaped(JSON.stringify(JSON.parse(text(type, value, true)), null, 1));
}

const quoted = (value: string) => escaped(JSON.stringify(value));

/** Go keeps JSON harmless inside HTML and scripts. */
const escaped = (json: string) =>
  json.replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);

const zeros: Readonly<Record<string, string>> = { string: '""', int32: '0', int64: '0', float64: '0', bool: 'false' };

function text(type: TypeNode, value: unknown, nullable: boolean): string {
  if (value === undefined || value === null) {
    if (nullable) return 'null';
    if (type.kind === 'scalar') return zeros[type.scalar] ?? '"0"';
    return type.kind === 'struct' ? text(type, {}, false) : 'null';
  }
  switch (type.kind) {
    case 'struct': {
      const object = value as Readonly<Record<string, unknown>>;
      const fields = type.fields.map(
        ({ name, goName, type, pointer }) => `"${goName}":${text(type, object[name], pointer)}`,
      );
      return `{${fields.join(',')}}`;
    }
    case 'map': {
      const map = value as Readonly<Record<string, unknown>>;
      const entries = Object.keys(map)
        .sort()
        .map((key) => `${quoted(key)}:${text(type.values, map[key], false)}`);
      return `{${entries.join(',')}}`;
    }
    case 'list':
      return `[${(value as readonly unknown[]).map((item) => text(type.items, item, false)).join(',')}]`;
    default:
      return typeof value === 'string' ? quoted(value) : JSON.stringify(value);
  }
}
