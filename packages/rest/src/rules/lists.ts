import { type FieldErrorList, fieldError } from '@orlop/apimachinery';
import { sortedKeys } from '@orlop/schema';
import type { Rule } from './rule.ts';
import { withOld } from './rule-context.ts';
import { collect } from './statement.ts';

/** Rules of every item of a list, item by item. `old` is undefined within: list items have no identity here. */
export function each<E>(...rules: readonly Rule<E>[]): Rule<readonly E[]> {
  return {
    rule: 'each',
    args: rules,
    check(items, path, context) {
      const errors: FieldErrorList = [];
      const inner = withOld(context, undefined);
      for (const [index, item] of items.entries()) {
        const here = path.index(index);
        for (const rule of rules) {
          if (collect(rule.check(item, here, inner), errors) && rule.stops === true) break;
        }
      }
      return errors;
    },
  };
}

/** Rules of every value of a map, in the order of its keys. */
export function eachEntry<E>(...rules: readonly Rule<E>[]): Rule<Readonly<Record<string, E>>> {
  return {
    rule: 'eachEntry',
    args: rules,
    check(entries, path, context) {
      const errors: FieldErrorList = [];
      const inner = withOld(context, undefined);
      for (const key of sortedKeys(entries)) {
        const here = path.key(key);
        for (const rule of rules) {
          if (collect(rule.check(entries[key]!, here, inner), errors) && rule.stops === true) break;
        }
      }
      return errors;
    },
  };
}

/** No two items share the value of a field; items without it do not count. */
export function uniqueBy<K extends string>(name: K): Rule<readonly { readonly [P in K]?: unknown }[]> {
  return {
    rule: 'uniqueBy',
    args: [name],
    check(items, path) {
      const errors: FieldErrorList = [];
      const seen = new Set<unknown>();
      for (const [index, item] of items.entries()) {
        const value = item[name];
        if (value === undefined || value === null || value === '') continue;
        if (seen.has(value)) errors.push(fieldError.duplicate(path.index(index).child(name), value));
        seen.add(value);
      }
      return errors;
    },
  };
}

/** No text or number stands twice in the list. */
export const uniqueItems: Rule<readonly (string | number)[]> = {
  rule: 'uniqueItems',
  args: [],
  check(items, path) {
    const errors: FieldErrorList = [];
    const seen = new Set<unknown>();
    for (const [index, item] of items.entries()) {
      if (seen.has(item)) errors.push(fieldError.duplicate(path.index(index), item));
      seen.add(item);
    }
    return errors;
  },
};

/** At most so many items. */
export function maxItems(limit: number): Rule<readonly unknown[]> {
  return {
    rule: 'maxItems',
    args: [limit],
    stops: true,
    check: (items, path) => (items.length > limit ? fieldError.tooMany(path, items.length, limit) : undefined),
  };
}
