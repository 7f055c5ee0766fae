import { isList, isObject, type JsonObject } from '../patch/json-value.ts';
import { byteLength } from '../text/byte-length.ts';
import { compareNatural } from './compare-natural.ts';
import { yamlString } from './yaml-string.ts';

/**
 * JSON as YAML in the form Kubernetes answers: keys sorted (numbers inside them by value), lists at the indent of their
 * key, long text folded near 80 columns, text quoted where YAML 1.1 would read something else.
 */
export function toYaml(value: unknown): string {
  const writer = new Writer();
  writer.document(value);
  return writer.text;
}

/** Keys longer than this are written behind a question mark. */
const simpleKeyLimit = 128;

class Writer {
  text = '';

  document(value: unknown): void {
    if (isBlockMap(value)) this.#map(value, 0, true);
    else if (isBlockList(value)) this.#list(value, 0, true);
    else this.#scalar(value, 0, 0);
  }

  /** `first`: the writer stands where the first key goes. */
  #map(map: JsonObject, indent: number, first: boolean): void {
    let here = first;
    for (const key of Object.keys(map).sort(compareNatural)) {
      if (!here) this.text += ' '.repeat(indent);
      here = false;
      const simple = byteLength(key) <= simpleKeyLimit && !key.includes('\n');
      const keyText = yamlString(key, { indent, column: indent, key: simple });
      if (simple) this.text += `${keyText}:`;
      else this.text += `? ${keyText}${keyText.endsWith('\n') ? '' : '\n'}${' '.repeat(indent)}:`;
      this.#value(map[key], indent, indent + keyText.length + 2);
    }
  }

  #value(value: unknown, indent: number, column: number): void {
    if (isBlockMap(value)) {
      this.text += '\n';
      this.#map(value, indent + 2, false);
    } else if (isBlockList(value)) {
      this.text += '\n';
      this.#list(value, indent, false);
    } else {
      this.text += ' ';
      this.#scalar(value, indent + 2, column);
    }
  }

  #list(list: readonly unknown[], indent: number, first: boolean): void {
    let here = first;
    for (const item of list) {
      if (!here) this.text += ' '.repeat(indent);
      here = false;
      this.text += '- ';
      if (isBlockMap(item)) this.#map(item, indent + 2, true);
      else if (isBlockList(item)) this.#list(item, indent + 2, true);
      else this.#scalar(item, indent + 2, indent + 2);
    }
  }

  #scalar(value: unknown, indent: number, column: number): void {
    const text = scalarText(value, indent, column);
    this.text += text.endsWith('\n') ? text : `${text}\n`;
  }
}

function isBlockMap(value: unknown): value is JsonObject {
  return isObject(value) && Object.keys(value).length > 0;
}

function isBlockList(value: unknown): value is readonly unknown[] {
  return isList(value) && value.length > 0;
}

function scalarText(value: unknown, indent: number, column: number): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return yamlString(value, { indent, column, key: false });
  if (typeof value === 'number') return numberText(value);
  if (isList(value)) return '[]';
  return isObject(value) ? '{}' : String(value);
}

/** Whole numbers in full; others take an exponent from 1e+06 on and below 1e-4. */
function numberText(value: number): string {
  if (Number.isSafeInteger(value)) return String(value);
  const size = Math.abs(value);
  const text = size >= 1e6 || size < 1e-4 ? value.toExponential() : String(value);
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}
