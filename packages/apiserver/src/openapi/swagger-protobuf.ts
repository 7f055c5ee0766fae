import { toYaml } from '@orlop/apimachinery';
import type { Json } from './json.ts';
import { ProtobufWriter } from './protobuf-writer.ts';

/**
 * A Swagger document as the message `openapi.v2.Document` of the gnostic project. The tables hold the words of Swagger
 * that Kubernetes uses, with the fields that gnostic has for them.
 */
export function swaggerProtobuf(document: Json): Uint8Array {
  const writer = new ProtobufWriter();
  writeMessage(writer, documentMessage, document);
  return writer.bytes;
}

/** Writes the value of one member as a field. */
type Write<T> = (writer: ProtobufWriter, field: number, value: T) => void;

interface Message {
  // The values come from JSON; each table says what stands where.
  // biome-ignore lint/suspicious/noExplicitAny: a table of writers of different types
  readonly fields: Readonly<Record<string, readonly [field: number, write: Write<any>]>>;
  /** Where members go that begin with `x-`. */
  readonly extensions?: number;
}

/** Fields are written in the order of their numbers, as protobuf writers do. */
function writeMessage(writer: ProtobufWriter, { fields, extensions }: Message, value: Json): void {
  const places = Object.entries(value).map(([name, member]) => {
    const known = fields[name];
    if (known !== undefined) return { field: known[0], write: known[1] as Write<unknown>, member };
    if (extensions === undefined || !name.startsWith('x-')) {
      throw new Error(`OpenAPI v2 in protobuf has no place for ${name}`);
    }
    return { field: extensions, write: extension, member: { [name]: member } };
  });
  for (const { field, write, member } of places.sort((a, b) => a.field - b.field)) write(writer, field, member);
}

const text: Write<string> = (writer, field, value) => writer.text(field, value);
const flag: Write<boolean> = (writer, field, value) => writer.flag(field, value);
const whole: Write<number> = (writer, field, value) => writer.whole(field, value);
const double: Write<number> = (writer, field, value) => writer.double(field, value);
/** `Any`: a value as YAML. */
const anything: Write<unknown> = (writer, field, value) =>
  writer.message(field, (inner) => inner.text(2, toYaml(value)));

/** A member beginning with `x-`, given as a map of one. */
const extension = (writer: ProtobufWriter, field: number, value: unknown): void =>
  named(anything)(writer, field, value as Json);

const message =
  (shape: () => Message): Write<Json> =>
  (writer, field, value) =>
    writer.message(field, (inner) => writeMessage(inner, shape(), value));

const repeated =
  <T>(write: Write<T>): Write<readonly T[]> =>
  (writer, field, values) => {
    for (const value of values) write(writer, field, value);
  };

/** A message around a value: oneof choices and lists that have a message of their own. */
const inside =
  <T>(innerField: number, write: Write<T>): Write<T> =>
  (writer, field, value) =>
    writer.message(field, (inner) => write(inner, innerField, value));

/** The entries of a map: one message with name and value each. */
const named =
  <T>(write: Write<T>): Write<Readonly<Record<string, T>>> =>
  (writer, field, values) => {
    for (const [name, value] of Object.entries(values)) {
      writer.message(field, (entry) => {
        entry.text(1, name);
        write(entry, 2, value);
      });
    }
  };

const asReference = message(() => ({ fields: { $ref: [1, text] } }));

const schema: Message = {
  fields: {
    $ref: [1, text],
    format: [2, text],
    title: [3, text],
    description: [4, text],
    default: [5, anything],
    multipleOf: [6, double],
    maximum: [7, double],
    exclusiveMaximum: [8, flag],
    minimum: [9, double],
    exclusiveMinimum: [10, flag],
    maxLength: [11, whole],
    minLength: [12, whole],
    pattern: [13, text],
    maxItems: [14, whole],
    minItems: [15, whole],
    uniqueItems: [16, flag],
    maxProperties: [17, whole],
    minProperties: [18, whole],
    required: [19, repeated(text)],
    enum: [20, repeated(anything)],
    additionalProperties: [
      21,
      (writer, field, value: Json | boolean) =>
        typeof value === 'boolean' ? inside(2, flag)(writer, field, value) : inside(1, asSchema)(writer, field, value),
    ],
    type: [22, inside(1, text)],
    items: [23, inside(1, (writer, field, value: Json) => asSchema(writer, field, value))],
    allOf: [24, repeated((writer, field, value: Json) => asSchema(writer, field, value))],
    properties: [
      25,
      inside(
        1,
        named((writer, field, value: Json) => asSchema(writer, field, value)),
      ),
    ],
  },
  extensions: 31,
};
const asSchema = message(() => schema);

const bodyParameter: Message = {
  fields: {
    description: [1, text],
    name: [2, text],
    in: [3, text],
    required: [4, flag],
    schema: [5, asSchema],
  },
  extensions: 6,
};

const queryParameter: Message = {
  fields: {
    required: [1, flag],
    in: [2, text],
    description: [3, text],
    name: [4, text],
    type: [6, text],
    format: [7, text],
    uniqueItems: [20, flag],
  },
  extensions: 23,
};

const pathParameter: Message = {
  fields: {
    required: [1, flag],
    in: [2, text],
    description: [3, text],
    name: [4, text],
    type: [5, text],
    format: [6, text],
    uniqueItems: [19, flag],
  },
  extensions: 22,
};

/** Which message a parameter is, told by the place where it stands. */
const parameterPlaces: Readonly<Record<string, Write<Json>>> = {
  body: inside(
    1,
    message(() => bodyParameter),
  ),
  query: inside(
    2,
    inside(
      3,
      message(() => queryParameter),
    ),
  ),
  path: inside(
    2,
    inside(
      4,
      message(() => pathParameter),
    ),
  ),
};

const parameter: Write<Json> = (writer, field, value) => {
  const write = parameterPlaces[value.in as string];
  if (write === undefined) throw new Error(`no parameter stands in ${value.in}`);
  write(writer, field, value);
};

const parameterItem: Write<Json> = (writer, field, value) =>
  (value.$ref === undefined ? inside(1, parameter) : inside(2, asReference))(writer, field, value);

const response: Message = {
  fields: {
    description: [1, text],
    schema: [2, inside(1, asSchema)],
  },
  extensions: 5,
};

const operation: Message = {
  fields: {
    tags: [1, repeated(text)],
    summary: [2, text],
    description: [3, text],
    operationId: [5, text],
    produces: [6, repeated(text)],
    consumes: [7, repeated(text)],
    parameters: [8, repeated(parameterItem)],
    responses: [
      9,
      inside(
        1,
        named(
          inside(
            1,
            message(() => response),
          ),
        ),
      ),
    ],
    schemes: [10, repeated(text)],
    deprecated: [11, flag],
  },
  extensions: 13,
};
const asOperation = message(() => operation);

const pathItem: Message = {
  fields: {
    get: [2, asOperation],
    put: [3, asOperation],
    post: [4, asOperation],
    delete: [5, asOperation],
    options: [6, asOperation],
    head: [7, asOperation],
    patch: [8, asOperation],
    parameters: [9, repeated(parameterItem)],
  },
  extensions: 10,
};

const apiKeySecurity: Message = {
  fields: { type: [1, text], name: [2, text], in: [3, text], description: [4, text] },
};

const documentMessage: Message = {
  fields: {
    swagger: [1, text],
    info: [2, message(() => ({ fields: { title: [1, text], version: [2, text], description: [3, text] } }))],
    paths: [8, inside(2, named(message(() => pathItem)))],
    definitions: [9, inside(1, named(asSchema))],
    parameters: [10, inside(1, named(parameter))],
    security: [
      12,
      repeated(
        inside(
          1,
          named((writer, field, values: readonly string[]) =>
            writer.message(field, (inner) => repeated(text)(inner, 1, values)),
          ),
        ),
      ),
    ],
    securityDefinitions: [
      13,
      inside(
        1,
        named(
          inside(
            2,
            message(() => apiKeySecurity),
          ),
        ),
      ),
    ],
  },
  extensions: 16,
};
