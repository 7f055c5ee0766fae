import { goQuote } from '@orlop/schema';
import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type LineCounter,
  type Pair,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import { isObject, setMember } from '../patch/json-value.ts';
import { goSyntax } from '../text/go-syntax.ts';
import { decodeUtf8 } from '../utf8.ts';
import { resolvePlain } from './resolve-plain.ts';
import { YamlError } from './yaml-error.ts';

/** Nodes that aliases may add to a document; honest ones add a few hundred. */
const aliasLimit = 100_000;

/**
 * Values within values, aliases followed. Not more than a call stack bears with ease: one that runs out while a regular
 * expression is compiled ends the whole program.
 */
export const deepestValue = 500;

/** Turns the nodes of one document into JSON values. */
export class YamlReader {
  readonly duplicates: string[] = [];
  readonly #lines: LineCounter;
  /** The nodes last anchored by these names, as far as the document has been read. */
  readonly #anchored = new Map<string, unknown>();
  /** What the aliases met so far stand for: a name may be given again behind them. */
  readonly #targets = new Map<Alias, unknown>();
  /** Targets of aliases being read, so that one that contains itself is found. */
  readonly #open = new Set<unknown>();
  #aliased = 0;
  #depth = 0;

  constructor(lines: LineCounter) {
    this.#lines = lines;
  }

  read(node: unknown): unknown {
    if (this.#open.size > 0 && ++this.#aliased > aliasLimit) {
      throw new YamlError('yaml: document contains excessive aliasing');
    }
    if (++this.#depth > deepestValue) throw tooDeep();
    const value = this.#read(node);
    this.#depth--;
    return value;
  }

  #read(node: unknown): unknown {
    if (isAlias(node)) return this.#alias(node);
    const { anchor } = (node ?? {}) as { readonly anchor?: string };
    if (anchor !== undefined && this.#open.size === 0) this.#anchored.set(anchor, node);
    if (isMap(node)) return this.#map(node);
    if (isSeq(node)) return node.items.map((item) => this.read(item));
    return isScalar(node) ? scalarValue(node) : null;
  }

  #alias(alias: Alias): unknown {
    if (!this.#targets.has(alias)) this.#targets.set(alias, this.#anchored.get(alias.source));
    const target = this.#targets.get(alias);
    if (target === undefined) throw new YamlError(`yaml: unknown anchor '${alias.source}' referenced`);
    if (this.#open.has(target)) throw new YamlError(`yaml: anchor '${alias.source}' value contains itself`);
    this.#open.add(target);
    const value = this.read(target);
    this.#open.delete(target);
    return value;
  }

  #map(map: YAMLMap): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    const seen = new Set<string>();
    for (const pair of map.items) {
      if (isMergeKey(pair)) {
        for (const [key, value] of this.#merged(pair.value))
          if (!Object.hasOwn(result, key)) setMember(result, key, value);
        continue;
      }
      const key = this.#key(pair);
      if (seen.has(key)) this.duplicates.push(`line ${this.#lineOf(pair)}: key ${goQuote(key)} already set in map`);
      seen.add(key);
      setMember(result, key, this.read(pair.value));
    }
    return result;
  }

  #key(pair: Pair): string {
    const key = this.read(pair.key);
    if (typeof key === 'string') return key;
    if (typeof key === 'number' || typeof key === 'bigint' || typeof key === 'boolean') return String(key);
    if (key === null) {
      const value = goSyntax(this.read(pair.value));
      throw new YamlError(`unsupported map key of type: %!s(<nil>), key: <nil>, value: ${value}`);
    }
    throw new YamlError(`yaml: invalid map key: ${goSyntax(key)}`);
  }

  /** The members that `<<` brings: those of one map, or of several, the first counting. */
  #merged(node: unknown): [string, unknown][] {
    const value = this.read(node);
    const maps = Array.isArray(value) ? value : [value];
    if (!maps.every(isObject)) throw new YamlError('yaml: map merge requires map or sequence of maps as the value');
    return maps.flatMap((map) => Object.entries(map));
  }

  #lineOf(pair: Pair): number {
    const range = (pair.key as { range?: [number, number, number] } | null)?.range;
    return this.#lines.linePos(range?.[0] ?? 0).line;
  }
}

export const tooDeep = (): YamlError => new YamlError(`yaml: nested deeper than ${deepestValue} levels`);

function isMergeKey({ key }: Pair): boolean {
  return isScalar(key) && key.type === 'PLAIN' && key.source === '<<';
}

/** Tags that make a quoted text what it says unquoted. */
const valueTag = /^tag:yaml\.org,2002:(int|float|bool|null)$/;

function scalarValue(node: Scalar): unknown {
  const text = typeof node.value === 'string' ? node.value : (node.source ?? '');
  if (node.tag === 'tag:yaml.org,2002:binary') return binaryText(text);
  const plain = node.type === 'PLAIN' && node.tag === undefined;
  const value = plain || valueTag.test(node.tag ?? '') ? resolvePlain(text) : text;
  if (typeof value !== 'number' || Number.isFinite(value)) return value;
  const name = Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  throw new YamlError(`json: unsupported value: ${name}`);
}

declare const atob: (text: string) => string;

/** Bytes become text; what is no UTF-8 is lost. */
function binaryText(text: string): string {
  try {
    return decodeUtf8(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
  } catch {
    throw new YamlError('yaml: !!binary value contains invalid base64 data');
  }
}
