/** From facts to the written form (`Schema` of @orlop/schema), in few bytes: what equals the reader's default is left out. */
import { flatFields, openapiName } from './facts.mjs';

const scalars = {
  string: { type: 'string' },
  bool: { type: 'boolean' },
  int32: { type: 'integer', format: 'int32' },
  int64: { type: 'integer', format: 'int64' },
  float64: { type: 'number', format: 'double' },
  bytes: { type: 'string', format: 'byte', 'x-orlop-go-type': '[]uint8' },
};

const kept = [
  'enum',
  'x-kubernetes-list-type',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-map-type',
  'x-kubernetes-patch-strategy',
  'x-kubernetes-patch-merge-key',
];

export function writtenStruct(facts, goType) {
  const openapi = facts.openapi[openapiName(goType)];
  const schema = { type: 'object', 'x-orlop-go-type': goType.split('.').at(-1) };
  if (openapi?.['x-kubernetes-map-type'] !== undefined)
    schema['x-kubernetes-map-type'] = openapi['x-kubernetes-map-type'];
  if (openapi?.required !== undefined) schema.required = openapi.required;
  schema.properties = {};
  for (const field of flatFields(facts, goType)) {
    const required = openapi?.required?.includes(field.json) === true;
    schema.properties[field.json] = writtenField(facts, field, openapi?.properties?.[field.json], required);
  }
  return schema;
}

function writtenField(facts, field, openapi, required) {
  const pointer = field.type.startsWith('*');
  const schema = writtenType(facts, field.type.replace(/^\*/, ''));
  for (const key of kept) if (openapi?.[key] !== undefined) schema[key] = openapi[key];
  if (isRealDefault(openapi?.default, required || field.presence !== 'omitempty')) schema.default = openapi.default;
  const goName = facts.named[field.owner]?.[field.json];
  if (goName !== undefined) nameType(schema, goName);
  if (field.go !== field.json[0].toUpperCase() + field.json.slice(1)) schema['x-orlop-go-name'] = field.go;
  if (field.embedded.length > 0) schema['x-orlop-go-embedded'] = field.embedded.join('.');
  if (field.presence !== 'omitempty') schema['x-orlop-presence'] = field.presence;
  if (pointer) schema['x-orlop-pointer'] = true;
  return schema;
}

/** Puts a Go name where it belongs: `[]v1.FinalizerName` says the name of the items. */
function nameType(schema, goName) {
  if (goName.startsWith('[]')) nameType(schema.items, goName.slice('[]'.length));
  else if (goName.startsWith('map[string]')) nameType(schema.additionalProperties, goName.slice('map[string]'.length));
  else schema['x-orlop-go-type'] = goName;
}

/**
 * OpenAPI gives every field that is always there the zero of its type, and every struct `{}`: nothing that defaulting would
 * do. Of a field that may be left out a zero says something: an item of imagePullSecrets without a name is the one named "".
 */
function isRealDefault(value, always) {
  if (value === undefined || typeof value === 'object') return false;
  return !always || (value !== '' && value !== 0 && value !== false);
}

function writtenType(facts, type) {
  if (scalars[type] !== undefined) return { ...scalars[type] };
  if (facts.ownCodec.has(type)) return { ...facts.ownCodec.get(type) };
  if (type.startsWith('[]')) return { type: 'array', items: writtenType(facts, type.slice(2).replace(/^\*/, '')) };
  if (type.startsWith('map[string]')) {
    return { type: 'object', additionalProperties: writtenType(facts, type.slice('map[string]'.length)) };
  }
  if (facts.types[type] === undefined) throw new Error(`types.json does not know ${type}`);
  return { $ref: openapiName(type) };
}
