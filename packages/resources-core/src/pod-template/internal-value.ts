import { type RawJson, rawJson } from '@orlop/apimachinery';
import { encode, type StructNode, type TypeNode } from '@orlop/schema';
import { internalFields } from './internal-layout.ts';

/**
 * How a value looks in messages that were made from Kubernetes' internal types: Go's field names, every field shown, null
 * for what is absent. Metadata and selectors have one form only, so they look as they do in v1.
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

type Members = Readonly<Record<string, unknown>>;

/** @param around the object that holds the value */
function text(type: TypeNode, value: unknown, nullable: boolean, around: Members = {}): string {
  if (value === undefined || value === null) {
    if (nullable) return 'null';
    if (type.kind === 'scalar') return type.scalar === 'intOrString' ? '0' : (zeros[type.scalar] ?? '"0"');
    return type.kind === 'struct' ? text(type, {}, false, around) : 'null';
  }
  switch (type.kind) {
    case 'struct':
      return ofMeta(type) ? encode(type, value) : `{${membersOf(type, value as Members, around)}}`;
    case 'map': {
      const map = value as Members;
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

const ofMeta = ({ ref }: StructNode): boolean => ref.startsWith('io.k8s.apimachinery.');

function membersOf(type: StructNode, value: Members, around: Members): string {
  const members: string[] = [];
  for (const { field, pointer, outside } of internalFields(type)) {
    const member = (outside ? around : value)[field.name];
    // Metadata is embedded, so its members stand among the others.
    if (field.goName === 'ObjectMeta') members.push(text(field.type, member ?? {}, false).slice(1, -1));
    else members.push(`${JSON.stringify(field.goName)}:${text(field.type, member, pointer, value)}`);
  }
  return members.filter((member) => member !== '').join(',');
}
