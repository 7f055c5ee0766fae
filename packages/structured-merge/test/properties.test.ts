import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compare,
  createUpdater,
  decodeFieldsV1,
  encodeFieldsV1,
  extract,
  type FieldSet,
  fieldSet,
  fieldsOf,
  type Managers,
  merge,
  remove,
  type TypedValue,
} from '../src/index.ts';
import { equalValues } from '../src/value.ts';
import { arbitraryThing } from './arbitrary-thing.ts';
import { thing } from './thing.ts';

const aThing = (value: unknown): TypedValue => ({ type: thing, value });
const plain = arbitraryThing({ duplicates: false, nulls: false }).map(aThing);
const wild = arbitraryThing({ duplicates: true, nulls: true }).map(aThing);
const sets: fc.Arbitrary<FieldSet> = fc
  .tuple(wild, wild)
  .map(([a, b]) => fieldsOf(a).union(compare(a, b).added).difference(compare(a, b).modified));
const text = (set: FieldSet) => encodeFieldsV1(set);
/** Sets of one value, so that they meet often. */
const twoParts = fc.tuple(sets, sets);

describe('sets', () => {
  it('obey the laws of union, intersection and difference', () => {
    fc.assert(
      fc.property(sets, sets, sets, (a, b, c) => {
        expect(text(a.union(b))).toBe(text(b.union(a)));
        expect(text(a.union(b).union(c))).toBe(text(a.union(b.union(c))));
        expect(text(a.intersection(b))).toBe(text(b.intersection(a)));
        expect(text(a.intersection(b.union(c)))).toBe(text(a.intersection(b).union(a.intersection(c))));
        expect(text(a.union(a.intersection(b)))).toBe(text(a));
        expect(text(a.difference(b).union(a.intersection(b)))).toBe(text(a));
        expect(a.difference(b).intersection(b).empty).toBe(true);
        expect(text(a.recursiveDifference(b).difference(b))).toBe(text(a.recursiveDifference(b)));
        expect(a.union(b).size).toBe(a.size + b.size - a.intersection(b).size);
      }),
    );
  });

  it('list what they have, and are made of what they list', () => {
    fc.assert(
      fc.property(twoParts, ([a, b]) => {
        const paths = [...a.paths()];
        expect(paths.length).toBe(a.size);
        expect(paths.every((path) => a.has(path))).toBe(true);
        expect(fieldSet(...paths).equals(a)).toBe(true);
        expect(paths.filter((path) => b.has(path)).length).toBe(a.intersection(b).size);
      }),
    );
  });

  it('come back from FieldsV1', () => {
    fc.assert(
      fc.property(sets, (set) => {
        const back = decodeFieldsV1(encodeFieldsV1(set));
        expect(back.equals(set)).toBe(true);
        expect(text(back)).toBe(text(set));
      }),
    );
  });
});

describe('values', () => {
  it('differ in nothing from themselves', () => {
    fc.assert(
      fc.property(wild, (a) => {
        const { added, modified, removed } = compare(a, aThing(structuredClone(a.value)));
        expect(added.empty && modified.empty && removed.empty).toBe(true);
      }),
    );
  });

  it('differ the other way round by the reverse', () => {
    fc.assert(
      fc.property(wild, wild, (a, b) => {
        const there = compare(a, b);
        const back = compare(b, a);
        expect(text(there.added)).toBe(text(back.removed));
        expect(text(there.modified)).toBe(text(back.modified));
      }),
    );
  });

  it('merge with themselves and with nothing into themselves', () => {
    fc.assert(
      fc.property(plain, (a) => {
        expect(merge(a, aThing(structuredClone(a.value))).value).toEqual(a.value);
        expect(merge(a, aThing({}))).toBe(a);
      }),
    );
  });

  it('hold every field of what is merged into them', () => {
    fc.assert(
      fc.property(wild, plain, (live, config) => {
        const merged = merge(live, config);
        // Nothing is left of the config that the merged value says otherwise, but for empty maps over full ones.
        expect(merge(merged, config)).toBe(merged);
      }),
    );
  });

  it('are not changed', () => {
    fc.assert(
      fc.property(wild, plain, sets, (live, config, set) => {
        const before = JSON.stringify([live.value, config.value]);
        merge(live, config);
        remove(live, set);
        extract(live, set);
        expect(JSON.stringify([live.value, config.value])).toBe(before);
      }),
    );
  });

  it('have no field left of what was removed from them', () => {
    fc.assert(
      fc.property(plain, (a) => {
        const leaves = fieldsOf(a).leaves();
        const rest = remove(extract(a, leaves), leaves);
        expect(fieldsOf(rest).intersection(leaves).empty).toBe(true);
      }),
    );
  });
});

describe('merging parts', () => {
  it('of disjoint fields commutes', () => {
    fc.assert(
      fc.property(plain, plain, (a, b) => {
        const own = aThing(pick(a.value as object, ['n', 'labels', 'spec', 'whole']));
        const other = aThing(pick(b.value as object, ['b', 'q', 'items', 'tags', 'any']));
        expect(equalValues(merge(own, other).value, merge(other, own).value)).toBe(true);
      }),
    );
  });
});

const pick = (value: object, names: readonly string[]) =>
  Object.fromEntries(Object.entries(value).filter(([name]) => names.includes(name)));

describe('writes', () => {
  const updater = createUpdater({ converter: { convert: (object) => object } });
  const step = fc.record({
    manager: fc.constantFrom('a', 'b', 'c'),
    how: fc.constantFrom('apply', 'force', 'update'),
    version: fc.constantFrom('v1', 'v2'),
    object: plain,
  });

  function play(steps: readonly (typeof step extends fc.Arbitrary<infer S> ? S : never)[]) {
    let live = aThing(null);
    let managers: Managers = new Map();
    for (const { how, object, ...request } of steps) {
      if (how === 'update') {
        managers = updater.update({ ...request, live, next: object, managers });
        live = object;
      } else {
        const result = updater.apply({ ...request, live, config: object, managers, force: how === 'force' });
        if ('object' in result) ({ object: live, managers } = result);
      }
    }
    return { live, managers };
  }

  const history = fc.array(step, { maxLength: 5 });

  it('applied twice are applied once', () => {
    fc.assert(
      fc.property(history, plain, (steps, config) => {
        const { live, managers } = play(steps);
        const request = { config, version: 'v1', manager: 'x', force: true };
        const once = updater.apply({ ...request, live, managers });
        if (!('object' in once)) throw new Error('forced');
        const twice = updater.apply({ ...request, force: false, live: once.object, managers: once.managers });
        if (!('object' in twice)) throw new Error('no conflict with oneself');
        expect(twice.changed).toBe(false);
        expect(twice.object).toBe(once.object);
        expect([...twice.managers]).toEqual([...once.managers]);
        for (const [name, owned] of twice.managers) expect(owned).toBe(once.managers.get(name));
      }),
    );
  });

  it('leave no owner of an absent field', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const { live, managers } = play(steps);
        const there = compare(aThing({}), live);
        const present = there.added.union(fieldsOf(live));
        for (const { set, applied } of managers.values()) {
          expect(set.empty).toBe(false);
          if (applied) expect(text(set.difference(present).difference(emptied(set, live)))).toBe('{}');
        }
      }),
    );
  });

  it('that conflict change nothing, and forced ones do not conflict', () => {
    fc.assert(
      fc.property(history, plain, (steps, config) => {
        const { live, managers } = play(steps);
        const before = new Map(managers);
        const request = { live, config, managers, version: 'v1', manager: 'x' };
        const result = updater.apply({ ...request, force: false });
        expect([...managers]).toEqual([...before]);
        if (result.conflicts.length > 0) {
          for (const { manager, path } of result.conflicts) expect(managers.get(manager)?.set.has(path)).toBe(true);
        }
        expect(updater.apply({ ...request, force: true }).conflicts).toEqual([]);
      }),
    );
  });

  /** Owned maps and lists that lost their content are not leaves of the live value, though they are there. */
  function emptied(set: FieldSet, live: TypedValue): FieldSet {
    return fieldSet(...[...set.paths()].filter((path) => compare(aThing({}), live).added.has(path)));
  }
});
