/** YAML that cannot be read; the message is as close to Go's as our parser allows, always with its `yaml: line N:`. */
export class YamlError extends Error {
  override readonly name = 'YamlError';
}
