import type { Schema } from '@orlop/schema';
import { deepCopy } from './copy-object.ts';

type Fill = (value: unknown) => void;
type Members = Record<string, unknown>;

/**
 * The defaults a schema declares, as one function that fills them in; undefined when there are none. A default within an
 * object that is absent itself stays out.
 */
export function schemaDefaults(schema: Schema): Fill | undefined {
  if (schema.properties !== undefined) return structDefaults(schema.properties);
  const inner = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : schema.items;
  const fill = inner === undefined ? undefined : schemaDefaults(inner);
  if (fill === undefined) return undefined;
  return (value) => {
    if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) fill(item);
  };
}

function structDefaults(properties: Readonly<Record<string, Schema>>): Fill | undefined {
  const fields = Object.entries(properties)
    .map(([name, { ...schema }]) => ({
      name,
      value: schema.default,
      nullable: schema.nullable,
      fill: schemaDefaults(schema),
    }))
    .filter(({ value, fill }) => value !== undefined || fill !== undefined);
  if (fields.length === 0) return undefined;
  return (object) => {
    if (typeof object !== 'object' || object === null || Array.isArray(object)) return;
    const members = object as Members;
    for (const { name, value, nullable, fill } of fields) {
      const present = members[name];
      const absent = present === undefined || (present === null && nullable !== true);
      if (absent && value !== undefined) members[name] = deepCopy(value);
      fill?.(members[name]);
    }
  };
}
