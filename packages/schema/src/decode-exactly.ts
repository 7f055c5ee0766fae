/**
 * The exact decoder: follows Go's decoder step by step, for texts with errors, unknown or duplicate fields, or numbers
 * that JSON.parse would change. A field given twice is decoded into what the first one left, as Go does.
 */
import { Base64Error, canonicalBase64, encodeBase64 } from './base64.ts';
import { keepsAnyKind, zeroOf } from './canonical.ts';
import { DecodeError } from './decode-error.ts';
import { type JsonNode, type JsonObject, readExactly } from './exact-json.ts';
import { goTypeName } from './go-names.ts';
import { NumberRangeError, plainValue, smallest } from './parse-json.ts';
import { setOwn } from './plain-json.ts';
import { StrictProblems } from './strict-problems.ts';
import type { FieldNode, ScalarNode, StructNode, TypeNode } from './type-node.ts';
import { readsItself, unmarshalScalar, WrongKind, wholeNumber } from './unmarshal-scalar.ts';

type Values = Record<string, unknown>;

/**
 * Answers the value with the right kinds but not yet canonical, and the strict problems in order of appearance.
 * Throws a DecodeError: a type that reads itself fails at once; of other mismatches the first is thrown at the end.
 */
export function decodeExactly(type: TypeNode, text: string): { value: unknown; problems: string[] } {
  const decoder = new ExactDecoder(text);
  const value = decoder.decode(type, readExactly(text), undefined);
  if (decoder.firstMismatch !== undefined) throw decoder.firstMismatch;
  return { value: value ?? zeroOf(type), problems: decoder.problems.texts };
}

class ExactDecoder {
  readonly problems = new StrictProblems();
  firstMismatch: DecodeError | undefined;
  readonly #text: string;
  /** Where we are, as Go's errors say it: the innermost struct, and the fields that lead here. */
  #struct: StructNode | undefined;
  #fields: string[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  /** `current` is what stands there already; what is answered takes its place. */
  decode(type: TypeNode, node: JsonNode, current: unknown, pointer = false): unknown {
    if (node.kind === 'null') return this.#null(type, current, pointer);
    if (keepsAnyKind(type) && (type.kind === 'scalar' || node.kind !== (type.kind === 'list' ? 'array' : 'object'))) {
      return this.#plain(node, false);
    }
    switch (type.kind) {
      case 'struct':
        if (node.kind !== 'object') return this.#mismatch(node, type, current);
        return this.#fieldsOf(type, node, asObject(current));
      case 'map': {
        if (node.kind !== 'object') return this.#mismatch(node, type, current);
        const values = asObject(current);
        const seen = new Set<string>();
        for (const { key, value } of node.members) {
          if (seen.has(key)) this.problems.duplicateField(key);
          seen.add(key);
          this.problems.pushKey(key);
          setOwn(values, key, this.decode(type.values, value, undefined) ?? this.#zeroIn(type, type.values));
          this.problems.pop();
        }
        return values;
      }
      case 'list': {
        if (node.kind !== 'array') return this.#mismatch(node, type, current);
        const earlier = Array.isArray(current) ? (current as unknown[]) : [];
        return node.items.map((item, index) => {
          this.problems.pushIndex(index);
          const value = this.decode(type.items, item, earlier[index]) ?? this.#zeroIn(type, type.items);
          this.problems.pop();
          return value;
        });
      }
      case 'any':
        if (type.objectOnly && node.kind !== 'object') return this.#mismatch(node, type, current);
        return this.#plain(node, type.raw === true);
      case 'scalar':
        return readsItself(type.scalar) ? this.#unmarshal(type, node) : this.#scalar(type, node, current);
    }
  }

  /** What stands for a null inside a list or map. */
  #zeroIn(holder: TypeNode, member: TypeNode): unknown {
    return keepsAnyKind(holder) ? null : zeroOf(member);
  }

  #null(type: TypeNode, current: unknown, pointer: boolean): unknown {
    if (pointer || type.kind === 'list' || type.kind === 'map') return null;
    if (type.kind === 'any') return type.raw ? current : null;
    if (type.kind === 'scalar' && (type.scalar === 'bytes' || readsItself(type.scalar))) return undefined;
    return current;
  }

  #fieldsOf(type: StructNode, node: JsonObject, values: Values): Values {
    const outer = this.#struct;
    const depth = this.#fields.length;
    const seen = new Set<FieldNode>();
    for (const { key, value } of node.members) {
      const field = type.byName.get(key);
      if (field === undefined) {
        if (type.preserveUnknownFields) {
          if (Object.hasOwn(values, key)) this.problems.duplicateField(key);
          this.problems.pushKey(key);
          setOwn(values, key, this.#plain(value, false));
          this.problems.pop();
        } else this.problems.unknownField(key);
        continue;
      }
      if (seen.has(field)) this.problems.duplicateField(key);
      seen.add(field);
      this.#struct = type;
      if (field.embedded) this.#fields.push(...field.embedded.split('.'));
      this.#fields.push(key);
      this.problems.pushKey(key);
      const keepsNull = field.nullable === true && value.kind === 'null';
      setOwn(values, key, keepsNull ? null : this.decode(field.type, value, values[key], field.pointer));
      this.problems.pop();
      this.#fields.length = depth;
      this.#struct = outer;
    }
    return values;
  }

  #plain(node: JsonNode, raw: boolean): unknown {
    try {
      return plainValue(node, raw ? undefined : this.problems);
    } catch (error) {
      // Go keeps the bytes of a raw value, whatever the number; here it would be lost, so it is refused.
      if (error instanceof NumberRangeError) this.#save(new DecodeError(error.message));
      else throw error;
      return undefined;
    }
  }

  #scalar(type: ScalarNode, node: Exclude<JsonNode, { kind: 'null' }>, current: unknown): unknown {
    switch (type.scalar) {
      case 'string':
        return node.kind === 'string' ? node.value : this.#mismatch(node, type, current);
      case 'bool':
        return node.kind === 'bool' ? node.value : this.#mismatch(node, type, current);
      case 'int32':
      case 'int64': {
        if (node.kind !== 'number') return this.#mismatch(node, type, current);
        const value = wholeNumber(node.raw, type.scalar === 'int32' ? 32 : 64);
        return value === undefined ? this.#mismatch(node, type, current, node.raw) : smallest(value);
      }
      case 'float64': {
        if (node.kind !== 'number') return this.#mismatch(node, type, current);
        const value = Number(node.raw);
        return Number.isFinite(value) ? value : this.#mismatch(node, type, current, node.raw);
      }
      default:
        return this.#bytes(type, node, current);
    }
  }

  /** A Go []byte is base64 text, or a list of small numbers. */
  #bytes(type: ScalarNode, node: JsonNode, current: unknown): unknown {
    if (node.kind === 'string') {
      try {
        return canonicalBase64(node.value);
      } catch (error) {
        if (!(error instanceof Base64Error)) throw error;
        this.#save(new DecodeError(error.message));
        return current;
      }
    }
    if (node.kind !== 'array') return this.#mismatch(node, type, current);
    const bytes = node.items.map((item) => {
      if (item.kind === 'null') return 0;
      const value = item.kind === 'number' ? wholeNumber(item.raw, 8) : undefined;
      if (value === undefined) this.#mismatch(item, 'uint8', undefined, item.kind === 'number' ? item.raw : undefined);
      return Number(value ?? 0);
    });
    return encodeBase64(bytes);
  }

  #unmarshal(type: ScalarNode, node: JsonNode): unknown {
    const source = this.#text.slice(node.start, node.end);
    const text = node.kind === 'string' ? node.value : node.kind === 'number' ? node.raw : '';
    try {
      return unmarshalScalar(type.scalar, { kind: node.kind as 'string', text, source });
    } catch (error) {
      if (error instanceof WrongKind) throw this.#located(error.found, error.goType);
      throw new DecodeError((error as Error).message);
    }
  }

  #mismatch(node: JsonNode, type: TypeNode | string, current: unknown, number?: string): unknown {
    const found = number === undefined ? node.kind : `number ${number}`;
    this.#save(this.#located(found, typeof type === 'string' ? type : goTypeName(type)));
    return current;
  }

  #located(found: string, goType: string): DecodeError {
    const where =
      this.#struct === undefined && this.#fields.length === 0
        ? 'Go value'
        : `Go struct field ${this.#struct?.goType ?? ''}.${this.#fields.join('.')}`;
    return new DecodeError(`json: cannot unmarshal ${found} into ${where} of type ${goType}`);
  }

  #save(error: DecodeError): void {
    this.firstMismatch ??= error;
  }
}

function asObject(current: unknown): Values {
  return typeof current === 'object' && current !== null && !Array.isArray(current) ? (current as Values) : {};
}
