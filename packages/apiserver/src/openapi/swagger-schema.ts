import type { Json } from './json.ts';

/**
 * A schema of OpenAPI v3 in the words of v2: references stand by themselves, what may have one of several types is a
 * string, and defaults are left out.
 */
export function swaggerSchema(schema: Json): Json {
  const result: Record<string, unknown> = {};
  for (const [word, value] of Object.entries(schema)) {
    if (Object.hasOwn(translations, word)) Object.assign(result, translations[word]!(value));
    else result[word] = value;
  }
  return result;
}

/** What becomes of the words that v2 lacks or that hold schemas. */
const translations: Readonly<Record<string, (value: unknown) => Json>> = {
  $ref: (reference) => ({ $ref: swaggerRef(reference as string) }),
  allOf: (schemas) => {
    const [first, ...more] = (schemas as readonly Json[]).map(swaggerSchema);
    return more.length === 0 && first !== undefined ? first : { allOf: [first, ...more] };
  },
  oneOf: () => ({ type: 'string' }),
  default: () => ({}),
  nullable: () => ({}),
  items: (items) => ({ items: swaggerSchema(items as Json) }),
  additionalProperties: (values) => ({
    additionalProperties: typeof values === 'boolean' ? values : swaggerSchema(values as Json),
  }),
  properties: (properties) => ({
    properties: Object.fromEntries(
      Object.entries(properties as Json).map(([name, property]) => [name, swaggerSchema(property as Json)]),
    ),
  }),
};

const swaggerRef = (reference: string): string => reference.replace('#/components/schemas/', '#/definitions/');
