/**
 * How a type's fields are numbered in protobuf: what the read form does not say. Whoever has the facts (generated
 * modules) and whoever reads the wire (a codec) meet here.
 */

/** Field numbers of one struct by JSON name. Fields that do not travel (kind, apiVersion) are absent. */
export type MessageNumbers = Readonly<Record<string, FieldNumber>>;

/** A field number, or a place when there is more to say. */
export type FieldNumber = number | FieldPlace;

export interface FieldPlace {
  /**
   * The numbers on the way to the field, its own last: what Go embeds in a struct is a message of its own on the wire,
   * so a volume's `hostPath` is field 1 of field 2.
   */
  readonly path: readonly number[];
  /** When the wire's shape is not the one that the type suggests. */
  readonly shape?: MessageShape;
}

export type MessageShape =
  /** A list of texts wrapped in a message whose field 1 repeats. */
  | 'texts'
  /** A JSON schema (field 1) or a list of them (field 2). */
  | 'schemaOrSchemas'
  /** A bool (field 1) and maybe a JSON schema (field 2). */
  | 'schemaOrBool'
  /** A JSON schema (field 1) or a list of texts (field 2). */
  | 'schemaOrTexts';

/** The numbers of the structs of some packages. */
export interface MessageNumbersSource {
  /** Whether there are numbers for a struct, by its full OpenAPI name. */
  has(ref: string): boolean;
  /** Loads what a struct and all that it refers to need. Rejects when there is nothing for it. */
  load(ref: string): Promise<(ref: string) => MessageNumbers | undefined>;
}
