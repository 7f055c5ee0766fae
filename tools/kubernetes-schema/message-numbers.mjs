/** From protobuf.json to numbers by JSON name (`MessageNumbers` of @orlop/schema). What does not fit together throws. */
import { readFileSync } from 'node:fs';

/** Messages whose shape the type does not suggest. */
const shapes = new Map([
  ['Verbs', 'texts'],
  ['ExtraValue', 'texts'],
  ['JSONSchemaPropsOrArray', 'schemaOrSchemas'],
  ['JSONSchemaPropsOrBool', 'schemaOrBool'],
  ['JSONSchemaPropsOrStringArray', 'schemaOrTexts'],
]);

const scalars = { string: 'string', bool: 'bool', int32: 'int32', int64: 'int64', float64: 'double', bytes: 'bytes' };

export function readMessages(file, hash) {
  const text = readFileSync(file, 'utf8');
  hash.update(text);
  return JSON.parse(text);
}

export function numbersOf(facts, messages, goType) {
  const numbers = {};
  for (const { json, path, shape } of places(facts, messages, goType)) {
    numbers[json] =
      path.length === 1 && shape === undefined ? path[0] : shape === undefined ? { path } : { path, shape };
  }
  return numbers;
}

function places(facts, messages, goType) {
  const message = messages[messageName(goType)];
  if (message === undefined) throw new Error(`protobuf.json does not know ${messageName(goType)}`);
  return facts.types[goType].flatMap((field) => {
    const inner = field.type.replace(/^\*/, '');
    // Kind and version travel in the envelope.
    if (field.json === '<inline>' && field.go === 'TypeMeta') return [];
    if (field.json === '<inline>') {
      if (inner !== field.type) throw new Error(`${goType} embeds a pointer, ${field.go}: is it written when nil?`);
      const [, [number]] = found(
        Object.entries(message),
        ([, [, type]]) => last(type) === last(inner),
        goType,
        field.go,
      );
      return places(facts, messages, inner).map((place) => ({ ...place, path: [number, ...place.path] }));
    }
    const [, [number, type, label]] = found(
      Object.entries(message),
      ([name]) => plain(name) === plain(field.json),
      goType,
      field.json,
    );
    checkKind(facts, goType, field, type, label);
    const shape = shapes.get(last(type.replace(/^map<string, (.*)>$/, '$1')));
    return [{ json: field.json, path: [number], shape }];
  });
}

function found(entries, matches, goType, what) {
  const all = entries.filter(matches);
  if (all.length !== 1) throw new Error(`${goType}: ${all.length} numbers for ${what}`);
  return all[0];
}

/** A codec goes by the type alone, so the wire must be what the type suggests. */
function checkKind(facts, goType, { json, type }, wire, label) {
  const fail = () => {
    throw new Error(`${goType} ${json}: ${type} does not travel as ${label} ${wire}`);
  };
  let go = type.replace(/^\*/, '');
  let on = wire;
  if (shapes.has(last(on.replace(/^map<string, (.*)>$/, '$1')))) return;
  if (go.startsWith('map[string]')) {
    if (!on.startsWith('map<string, ')) fail();
    go = go.slice('map[string]'.length).replace(/^\*/, '');
    on = on.slice('map<string, '.length, -1);
  } else if (go.startsWith('[]')) {
    if (label !== 'repeated') fail();
    go = go.slice('[]'.length).replace(/^\*/, '');
  } else if (label !== 'optional') fail();
  if (scalars[go] !== undefined ? on !== scalars[go] : last(on) !== last(go)) fail();
  if (scalars[go] === undefined && facts.types[go] === undefined && !facts.ownCodec.has(go)) fail();
}

const messageName = (goType) => goType.replaceAll('/', '.').replaceAll('-', '_');
const last = (name) => name.slice(name.lastIndexOf('.') + 1);
/** Names differ in case (`aPIGroup`) and signs (`x-kubernetes-…`, `$ref`). */
const plain = (name) => name.replace(/\W/g, '').toLowerCase();
