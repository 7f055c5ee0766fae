import { describe, expect, it } from 'vitest';
import {
  createUpdater,
  decodeFieldsV1,
  encodeFieldsV1,
  excludeFields,
  type Managers,
  pathText,
  TypedError,
  type TypedValue,
  typedValue,
} from '../src/index.ts';
import cases from './sequences.json' with { type: 'json' };
import { thing } from './thing.ts';

/** Writes of several managers to one object of the type `thing`, and what structured-merge-diff v6 made of each write. */
interface Sequence {
  readonly title: string;
  readonly steps: readonly Step[];
  /** By version, as FieldsV1. */
  readonly ignored?: Readonly<Record<string, object>>;
  /** A version that does not exist any more from a step on. */
  readonly gone?: string;
  readonly goneAt?: number;
}

interface Step {
  readonly do: 'apply' | 'force' | 'update';
  readonly manager: string;
  readonly version: string;
  readonly object: unknown;
  readonly then:
    | { readonly error: string }
    | { readonly conflicts: readonly string[] }
    | { readonly object: unknown; readonly managers: Readonly<Record<string, Owned>> };
}

interface Owned {
  readonly version: string;
  readonly applied: boolean;
  readonly set: unknown;
}

function owned(managers: Managers): Record<string, Owned> {
  return Object.fromEntries(
    Array.from(managers, ([name, { set, version, applied }]) => [name, { set: encodeFieldsV1(set), version, applied }]),
  );
}

function asTexts(managers: Readonly<Record<string, Owned>>): Record<string, Owned> {
  return Object.fromEntries(
    Object.entries(managers).map(([name, entry]) => [name, { ...entry, set: JSON.stringify(entry.set) }]),
  );
}

function play({ steps, ignored = {}, gone, goneAt = 0 }: Sequence): void {
  let live: TypedValue = { type: thing, value: null };
  let managers: Managers = new Map();
  let at = 0;
  const updater = createUpdater({
    converter: { convert: (object, _from, to) => (to === gone && at >= goneAt ? undefined : object) },
    tracked: new Map(
      Object.entries(ignored).map(([version, fields]) => [version, excludeFields(decodeFieldsV1(fields))]),
    ),
  });
  for (const { do: what, manager, version, object, then } of steps) {
    if ('error' in then) {
      expect(() => typedValue(thing, object)).toThrow(TypedError);
      expect(() => typedValue(thing, object)).toThrow(then.error);
    } else if (what === 'update') {
      const next = typedValue(thing, object, { allowDuplicates: true });
      managers = updater.update({ live, next, version, managers, manager });
      live = next;
    } else {
      const config = typedValue(thing, object);
      const result = updater.apply({ live, config, version, managers, manager, force: what === 'force' });
      if ('object' in result) {
        expect(result.changed).toBe(result.object !== live);
        ({ object: live, managers } = result);
      }
      const conflicts = result.conflicts.map((conflict) => `${conflict.manager} ${pathText(conflict.path)}`);
      expect(conflicts).toEqual('conflicts' in then ? then.conflicts : []);
    }
    if ('object' in then) {
      expect(live.value).toEqual(then.object);
      expect(owned(managers)).toEqual(asTexts(then.managers));
    }
    at++;
  }
}

describe('writes of several managers', () => {
  for (const sequence of cases as unknown as readonly Sequence[]) it(sequence.title, () => play(sequence));
});
