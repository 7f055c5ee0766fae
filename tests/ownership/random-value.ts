import type { ListNode, StructNode, TypeNode } from '@orlop/schema';
import type { Random } from './random.ts';

/** What random values are made of: tables, so that most of them are valid and two of them often meet. */
export interface Vocabulary {
  /** By Go name of a struct: the fields that may be made. A struct that is not named here stays empty. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
  /** By `Struct.field`: whole values to choose from. */
  readonly values: Readonly<Record<string, readonly unknown[]>>;
  /** By `Struct.field`: it is always made. */
  readonly always: ReadonlySet<string>;
  /** Keys of free maps. */
  readonly keys: readonly string[];
  readonly words: readonly string[];
}

export interface Oddities {
  /** How often a value is null, or a container empty. */
  readonly empty: number;
  /** How often something is wrong: an unknown field, another kind of value, an item that is there twice. */
  readonly wrong: number;
}

/** Random values of a type. */
export class RandomValues {
  readonly #random: Random;
  readonly #vocabulary: Vocabulary;
  readonly #oddities: Oddities;

  constructor(random: Random, vocabulary: Vocabulary, oddities: Oddities) {
    this.#random = random;
    this.#vocabulary = vocabulary;
    this.#oddities = oddities;
  }

  /** @param density how often a field that may be made is made */
  value(type: TypeNode, density: number): unknown {
    const random = this.#random;
    if (random.chance(this.#oddities.wrong)) return random.of<unknown>(['text', 1.5, true, { odd: 1 }, [1], null]);
    if (random.chance(this.#oddities.empty)) return type.kind === 'list' ? random.of([null, []]) : empty(type);
    switch (type.kind) {
      case 'struct':
        return this.struct(type, density);
      case 'map':
        return Object.fromEntries(
          random.some(this.#vocabulary.keys, 0.4).map((key) => [key, this.value(type.values, density)]),
        );
      case 'list':
        return this.#list(type, density);
      case 'scalar':
        return this.#scalar(type.scalar);
      case 'any':
        return random.of<unknown>([{ a: 1 }, { a: { b: [1, 2] } }, {}]);
    }
  }

  struct(type: StructNode, density: number): Record<string, unknown> {
    const random = this.#random;
    const { fields, values, always } = this.#vocabulary;
    const object: Record<string, unknown> = {};
    for (const name of fields[type.goType] ?? []) {
      const field = type.byName.get(name);
      if (field === undefined) throw new Error(`${type.goType} has no ${name}`);
      const path = `${type.goType}.${name}`;
      if (!always.has(path) && !random.chance(density)) continue;
      const choices = values[path];
      object[name] =
        choices === undefined || random.chance(this.#oddities.wrong)
          ? this.value(field.type, density)
          : structuredClone(random.chance(this.#oddities.empty) ? null : random.of(choices));
    }
    if (random.chance(this.#oddities.wrong)) object['nope'] = 1;
    return object;
  }

  #list({ items, listType, keys }: ListNode, density: number): unknown[] {
    const random = this.#random;
    const list: unknown[] = [];
    const seen = new Set<string>();
    for (let left = random.of([0, 1, 1, 2, 3]); left > 0; left--) {
      const item = this.value(items, density);
      const key = JSON.stringify(
        keys.length === 0 ? item : keys.map((name) => (item as Record<string, unknown>)?.[name]),
      );
      if (listType !== 'atomic' && seen.has(key) && !random.chance(this.#oddities.wrong)) continue;
      seen.add(key);
      list.push(item);
    }
    return list;
  }

  #scalar(scalar: string): unknown {
    const random = this.#random;
    switch (scalar) {
      case 'int32':
      case 'int64':
        return random.of([0, 1, 2, 3, 80]);
      case 'float64':
        return random.of([0, 1.5]);
      case 'bool':
        return random.chance(0.5);
      case 'bytes':
        return random.of(['', 'YQ==', 'Yg==']);
      case 'time':
      case 'microTime':
        return random.of(['2020-01-01T00:00:00Z', '2021-01-01T00:00:00Z']);
      case 'quantity':
        return random.of(['1', '1000m', '0', '64Mi', '1.5', '100m', 1]);
      case 'intOrString':
        return random.of([80, 'http', 1, '25%']);
      default:
        return random.of(this.#vocabulary.words);
    }
  }
}

function empty(type: TypeNode): unknown {
  if (type.kind === 'any') return null;
  // Bytes that are null: the reference stores them in one form and reads them in another, so it writes them again.
  return type.kind === 'scalar' ? (type.scalar === 'bytes' ? '' : null) : {};
}
