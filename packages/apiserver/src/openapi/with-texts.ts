import type { Describe } from '../server-options.ts';
import type { Json } from './json.ts';

/** The schema of the type of this name, with the prose there is about it and its fields. */
export function withTexts(name: string, schema: Json, describe: Describe): Json {
  const properties = schema['properties'] as Readonly<Record<string, Json>> | undefined;
  return {
    ...described(schema, describe(name)),
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([field, property]) => [field, described(property, describe(name, field))]),
      ),
    }),
  };
}

const described = (schema: Json, description: string | undefined): Json =>
  description === undefined ? schema : { description, ...schema };
