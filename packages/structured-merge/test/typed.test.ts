import { describe, expect, it } from 'vitest';
import {
  compare,
  decodeFieldsV1,
  encodeFieldsV1,
  type FieldSet,
  fieldsOf,
  merge,
  remove,
  TypedError,
  type TypedValue,
  typedValue,
} from '../src/index.ts';
import { thing } from './thing.ts';
import cases from './typed.json' with { type: 'json' };

/**
 * Values of the type `thing`, and what structured-merge-diff v6 answered for each: texts of errors, sets, results. A set
 * is compared as text, so the order of its elements counts.
 */
interface Case {
  readonly title: string;
  readonly op: string;
  readonly a: unknown;
  readonly b?: unknown;
  readonly set?: object;
  readonly dup?: boolean;
  readonly then: Readonly<Record<string, unknown>>;
}

const live = (value: unknown): TypedValue => typedValue(thing, value, { allowDuplicates: true });
const encoded = (set: FieldSet): unknown => encodeFieldsV1(set);
const texts = (sets: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(sets).map(([name, set]) => [name, JSON.stringify(set)]));

const check: Record<string, (given: Case) => void> = {
  validate({ a, dup = false, then }) {
    const problem = (() => {
      try {
        typedValue(thing, a, { allowDuplicates: dup });
        return '';
      } catch (error) {
        expect(error).toBeInstanceOf(TypedError);
        return (error as TypedError).message;
      }
    })();
    expect(problem).toBe(then.error);
  },
  fields({ a, then }) {
    const set = fieldsOf(live(a));
    expect(encoded(set)).toBe(JSON.stringify(then.set));
    expect(encoded(set.leaves())).toBe(JSON.stringify(then.leaves));
    expect(set.toString()).toBe(then.text);
    expect(set.size).toBe(then.size);
  },
  compare({ a, b, then }) {
    const { added, modified, removed } = compare(live(a), live(b));
    expect({ added: encoded(added), modified: encoded(modified), removed: encoded(removed) }).toEqual(texts(then));
  },
  merge({ a, b, then }) {
    expect(merge(live(a), typedValue(thing, b)).value).toEqual(then.value);
  },
  remove({ a, set = {}, then }) {
    expect(remove(live(a), decodeFieldsV1(set)).value).toEqual(then.value);
  },
};

for (const op of Object.keys(check)) {
  describe(op, () => {
    for (const given of cases as readonly Case[]) {
      if (given.op === op) it(given.title, () => check[op]?.(given));
    }
  });
}

it('knows every operation of the table', () => {
  expect(new Set(cases.map(({ op }) => op))).toEqual(new Set(Object.keys(check)));
});
