/** Media types that every server reads and writes; others are those of its serializers. */
export const plainTypes: readonly string[] = ['application/json', 'application/yaml'];

/** Media types of answers, as servers list them in errors. Protobuf is listed because clients compare the texts; it is not served yet. */
export const objectTypes: readonly string[] = [...plainTypes, 'application/vnd.kubernetes.protobuf'];

/** Those of watch streams. */
export const streamTypes: readonly string[] = [
  'application/json;stream=watch',
  'application/vnd.kubernetes.protobuf;stream=watch',
];

/** What we can write and read. */
export type Format = 'json' | 'yaml';

export const contentTypes: Readonly<Record<Format, string>> = { json: 'application/json', yaml: 'application/yaml' };
