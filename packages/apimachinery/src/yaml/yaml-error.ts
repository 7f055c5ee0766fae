/** YAML that cannot be read, in the words of Go's reader: `yaml: line 3: found unknown escape character`. */
export class YamlError extends Error {
  override readonly name = 'YamlError';
}
