/** From the written form to TypeScript: one interface per struct, in the words of a canonical value. */

/** These have one definition for all of Orlop, in @orlop/apimachinery. */
export const fromApimachinery = ['ListMeta', 'ManagedFieldsEntry', 'ObjectMeta', 'OwnerReference', 'TypeMeta'];

export function interfaceOf(name, schema, nameOfRef) {
  const fields = Object.entries(schema.properties).map(([key, field]) => {
    const present = field['x-orlop-presence'] === 'always' || isEnvelope(schema, key);
    const type = typeOf(field, nameOfRef) + (present && nilWhenAbsent(field) ? ' | null' : '');
    return `  ${/^[\w$]+$/.test(key) ? key : JSON.stringify(key)}${present ? '' : '?'}: ${type};`;
  });
  return `export interface ${name} {\n${fields.join('\n')}\n}\n`.replace('{\n\n}', '{}');
}

/** Objects with metadata have been given their apiVersion and kind by the time anyone sees them. */
function isEnvelope(schema, key) {
  return (
    (key === 'apiVersion' || key === 'kind') &&
    schema.properties.metadata !== undefined &&
    schema.properties.apiVersion !== undefined
  );
}

function nilWhenAbsent(field) {
  if (field['x-orlop-pointer']) return true;
  if (field.type === 'array' || field.additionalProperties !== undefined) return true;
  return ['date-time', 'micro-time', 'byte'].includes(field.format);
}

function typeOf(schema, nameOfRef) {
  if (schema.$ref !== undefined) return nameOfRef(schema.$ref);
  if (schema.format === 'int-or-string') return 'number | string';
  if (schema.format === 'fields-v1') return 'Record<string, unknown>';
  if (schema.format === 'raw') return 'unknown';
  if (schema.enum !== undefined) return `${schema.enum.map((v) => `'${v}'`).join(' | ')} | (string & {})`;
  switch (schema.type) {
    case 'string':
      return 'string';
    case 'boolean':
      return 'boolean';
    case 'integer':
    case 'number':
      return 'number';
    case 'array': {
      const items = typeOf(schema.items, nameOfRef);
      return / /.test(items) ? `(${items})[]` : `${items}[]`;
    }
    case 'object':
      return `Record<string, ${typeOf(schema.additionalProperties, nameOfRef)}>`;
  }
  throw new Error(`no TypeScript for ${JSON.stringify(schema)}`);
}
