import { Composer, type Document, LineCounter, Parser, type YAMLParseError } from 'yaml';
import { explainYaml } from './explain-yaml.ts';
import { jsonInYaml } from './json-in-yaml.ts';
import { YamlError } from './yaml-error.ts';
import { deepestValue, tooDeep, YamlReader } from './yaml-reader.ts';

export interface ReadYaml {
  /** Plain JSON values; null for an empty document. Whole numbers beyond 2^53 are bigint. */
  readonly value: unknown;
  /** `line 5: key "a" already set in map`: keys given again, which strict readers refuse. */
  readonly duplicates: readonly string[];
}

/** The first document of a YAML stream as JSON. @throws YamlError */
export function parseYaml(text: string): unknown {
  return readYaml(text).value;
}

/**
 * The first document of a stream, read as Kubernetes does: YAML 1.1 words (`yes`, `on`, `y` are booleans), keys are text,
 * of equal keys the last counts, times stay text, aliases may not explode.
 * @throws YamlError
 */
export function readYaml(text: string): ReadYaml {
  const json = jsonInYaml(text);
  return json === undefined ? readDocument(text) : { value: json, duplicates: [] };
}

/** @throws YamlError */
function readDocument(text: string): ReadYaml {
  // The parser of values calls itself for each level, too.
  if (explainYaml(text) > deepestValue) throw tooDeep();
  const lines = new LineCounter();
  const document = firstDocument(text, lines);
  if (document === undefined) return { value: null, duplicates: [] };
  const error = complaint(document);
  if (error !== undefined) throw new YamlError(errorText(error, lines));
  const reader = new YamlReader(lines);
  return { value: reader.read(document.contents), duplicates: reader.duplicates };
}

/** The complaint that strict decoding makes of duplicate keys; undefined without any. */
export function yamlDuplicatesText(duplicates: readonly string[]): string | undefined {
  return duplicates.length === 0 ? undefined : `yaml: unmarshal errors:\n  ${duplicates.join('\n  ')}`;
}

function firstDocument(text: string, lines: LineCounter): Document.Parsed | undefined {
  const composer = new Composer({
    version: '1.1',
    // Scalars stay text here; what they mean is ours to say.
    schema: 'failsafe',
    merge: false,
    uniqueKeys: false,
  });
  const parser = new Parser(lines.addNewLine);
  // Lazy: what follows the first document is not even looked at, so it may be broken.
  for (const document of composer.compose(parser.parse(text), false, text.length)) {
    return document as unknown as Document.Parsed;
  }
  return undefined;
}

/** The first complaint about the value itself: what comes behind it is nobody's business. */
function complaint({ errors, contents }: Document.Parsed): YAMLParseError | undefined {
  const end = contents?.range[1] ?? 0;
  return errors.find(({ pos }) => contents === null || pos[0] < end);
}

/** Texts that only our parser refuses; what Kubernetes' reader refuses has been told in its words. */
function errorText({ message, pos }: YAMLParseError, lines: LineCounter): string {
  const sentence = message.split('\n')[0]!.replace(/ at line .*$/, '');
  return `yaml: line ${lines.linePos(pos[0]).line}: ${sentence}`;
}
