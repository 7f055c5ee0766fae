/** Media types of bodies, as servers list them in errors. Protobuf is listed because clients compare the texts; it is not served yet. */
export const objectTypes: readonly string[] = [
  'application/json',
  'application/yaml',
  'application/vnd.kubernetes.protobuf',
];

/** Those of watch streams. */
export const streamTypes: readonly string[] = [
  'application/json;stream=watch',
  'application/vnd.kubernetes.protobuf;stream=watch',
];

/** What we can write and read. */
export type Format = 'json' | 'yaml';

export const contentTypes: Readonly<Record<Format, string>> = { json: 'application/json', yaml: 'application/yaml' };
