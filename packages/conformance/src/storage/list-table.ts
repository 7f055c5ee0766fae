/**
 * The list table as data: every combination of resourceVersion, match, limit, continue and selector that Kubernetes'
 * own suite knows, with what must come of it.
 *
 * The seed makes one revision each: w1 creates A=first/bar, w2 B=second/bar, w3 C=second/foo, w4 D=third/barfoo, w5 E=third/foo, w6
 * F=second/baz; w7 gives A a berth (then called A'), w8 deletes F, w9 is the compaction at w1. w0 is the revision before.
 */

export const places = {
  A: 'first/bar',
  B: 'second/bar',
  C: 'second/foo',
  D: 'third/barfoo',
  E: 'third/foo',
  F: 'second/baz',
} as const;

export type Letter = keyof typeof places;

export interface ListRow {
  readonly number: number;
  /** Below `/vessels/`. */
  readonly at: string;
  /** `w7` stands for that revision. */
  readonly rv?: string;
  readonly match?: 'Exact' | 'NotOlderThan' | 'Invalid';
  readonly limit?: number;
  readonly fields?: string;
  /** `after A @w2`, `from foo @w8`, `from  @w8` (empty start); `@-1` is the latest. */
  readonly token?: string;
  readonly expected: ListExpectation;
}

export type ListExpectation =
  | { readonly error: 'refused' | 'tooLarge' | 'listExpired' | 'continueExpired' }
  | {
      /** `A' B` */
      readonly items: string;
      /** A cache may still have nothing. */
      readonly mayLag?: boolean;
      /** A cache may ignore the limit and answer these, without a token. */
      readonly mayBeWhole?: string;
      /** `B @w9`: leads behind B at that revision; `any`: some token; absent: none. */
      readonly token?: string;
      readonly remaining?: number;
      /** `w9`, or `>=w8`. */
      readonly rv?: string;
    };

type Request = Omit<ListRow, 'number' | 'at' | 'expected'>;

const refused: ListExpectation = { error: 'refused' };
const tooLarge: ListExpectation = { error: 'tooLarge' };
const listExpired: ListExpectation = { error: 'listExpired' };

const exact = (rv: string, limit?: number): Request => ({
  rv,
  match: 'Exact',
  ...(limit === undefined ? {} : { limit }),
});
const notOlder = (rv: string, more: Request = {}): Request => ({ rv, match: 'NotOlderThan', ...more });
const named = (name: string, more: Request = {}): Request => ({ fields: `metadata.name=${name}`, ...more });
const items = (text: string, more: Omit<Extract<ListExpectation, { items: string }>, 'items'> = {}) => ({
  items: text,
  ...more,
});

const rows: readonly (readonly [at: string, request: Request, expected: ListExpectation])[] = [
  // 1–3 refused
  ['', { rv: 'abc' }, refused],
  ['', { rv: 'w1', limit: 1, token: 'from foo @w8' }, refused],
  ['', { rv: '9223372036854775807' }, tooLarge],
  // 4–17 one namespace
  ['first/', {}, items("A'")],
  ['first/', { rv: '0' }, items("A'", { mayLag: true })],
  ['first/', exact('w1'), items('A', { rv: 'w1' })],
  ['second/', exact('w1'), items('', { rv: 'w1' })],
  ['second/', exact('w2'), items('B', { rv: 'w2' })],
  ['first/', exact('w0'), listExpired],
  ['first/', notOlder('0'), items("A'", { mayLag: true })],
  ['first/', { rv: '0', match: 'Invalid' }, refused],
  ['first/', notOlder('w0'), items("A'", { mayLag: true })],
  ['first/', { rv: 'w0', match: 'Invalid' }, refused],
  ['first/', { rv: 'w8' }, items("A'")],
  ['first/', exact('w8'), items("A'", { rv: 'w8' })],
  ['first/', notOlder('w8'), items("A'")],
  ['non-existing/', {}, items('')],
  // 18–19 a selector that excludes
  ['first/', { fields: 'metadata.name!=bar' }, items('')],
  ['first/', notOlder('w8', { fields: 'metadata.name!=bar' }), items('')],
  // 20–27 limit 1
  ['second/', { limit: 1 }, items('B', { token: 'B @w9', remaining: 1, rv: 'w9' })],
  ['second/', { rv: 'w8', limit: 1 }, items('B', { token: 'B @w8', remaining: 1, rv: 'w8' })],
  ['second/', exact('w8', 1), items('B', { token: 'B @w8', remaining: 1, rv: 'w8' })],
  ['second/', notOlder('w8', { limit: 1 }), items('B', { token: 'any', remaining: 1, rv: '>=w8' })],
  ['second/', { rv: '0', limit: 1 }, items('B', { token: 'any', remaining: 1, rv: '>=w8', mayBeWhole: 'B C' })],
  ['second/', notOlder('0', { limit: 1 }), items('B', { token: 'any', remaining: 1, rv: '>=w8', mayBeWhole: 'B C' })],
  ['second/', exact('w1', 1), items('', { rv: 'w1' })],
  ['second/', exact('w2', 1), items('B', { rv: 'w2' })],
  // 28–29 a given token
  ['second/', { limit: 1, token: 'from foo @w8' }, items('C')],
  ['second/', { rv: '0', limit: 1, token: 'from foo @w8' }, items('C')],
  // 30–31 a collection
  ['second/', {}, items('B C')],
  ['second/', notOlder('w8'), items('B C')],
  // 32–47 selectors and pages
  ['', named('barfoo', { limit: 1 }), items('D', { token: 'any' })],
  ['', notOlder('w8', named('barfoo', { limit: 1 })), items('D', { token: 'any', rv: '>=w8' })],
  ['', named('barfoo', { limit: 2 }), items('D')],
  ['', notOlder('w8', named('barfoo', { limit: 2 })), items('D', { rv: '>=w8' })],
  ['', named('barfoo', { rv: '0', limit: 2 }), items('D', { mayLag: true })],
  ['', named('bar', { limit: 2 }), items("A' B", { token: 'any' })],
  ['', notOlder('w8', named('bar', { limit: 2 })), items("A' B", { token: 'any' })],
  ['', named('foo', { limit: 2 }), items('C E')],
  ['', notOlder('w8', named('foo', { limit: 2 })), items('C E')],
  ['', named('foo', { limit: 2, token: 'from third/barfoo @w8' }), items('E')],
  ['', named('foo', { limit: 1, token: 'from third/barfoo @w8' }), items('E')],
  ['', named('foo', { limit: 2, token: 'after D @w8' }), items('E')],
  ['', named('foo', { limit: 5 }), items('C E')],
  ['', notOlder('w8', named('foo', { limit: 5 })), items('C E')],
  ['', named('barfoo', { limit: 5 }), items('D')],
  ['', notOlder('w8', named('barfoo', { limit: 5 })), items('D')],
  // 48–49 everything
  ['', {}, items("A' B C D E")],
  ['', notOlder('w8'), items("A' B C D E")],
  // 50–53 freshness
  ['', notOlder('w8', { fields: 'spec.berth=quay', limit: 5 }), items("A'")],
  ['', notOlder('w8', named('baz', { limit: 5 })), items('')],
  ['empty', {}, items('', { rv: 'w9' })],
  ['empty', { rv: '0' }, items('', { rv: '>=w0' })],
  // 54–64 as of each write
  ['', exact('w0'), listExpired],
  ['', exact('w1'), items('A', { rv: 'w1' })],
  ['', exact('w2'), items('A B', { rv: 'w2' })],
  ['', exact('w3'), items('A B C', { rv: 'w3' })],
  ['', exact('w4'), items('A B C D', { rv: 'w4' })],
  ['', exact('w5'), items('A B C D E', { rv: 'w5' })],
  ['', exact('w6'), items('A B F C D E', { rv: 'w6' })],
  ['', exact('w7'), items("A' B F C D E", { rv: 'w7' })],
  ['', exact('w8'), items("A' B C D E", { rv: 'w8' })],
  ['', exact('w9'), items("A' B C D E", { rv: 'w9' })],
  ['', exact('w10'), tooLarge],
  // 65–72 as of each write, limited
  ['', exact('w2', 1), items('A', { token: 'A @w2', remaining: 1, rv: 'w2' })],
  ['', exact('w3', 2), items('A B', { token: 'B @w3', remaining: 1, rv: 'w3' })],
  ['', exact('w4', 4), items('A B C D', { rv: 'w4' })],
  ['', exact('w5', 1), items('A', { token: 'A @w5', remaining: 4, rv: 'w5' })],
  ['', exact('w6', 2), items('A B', { token: 'B @w6', remaining: 4, rv: 'w6' })],
  ['', exact('w7', 4), items("A' B F C", { token: 'C @w7', remaining: 2, rv: 'w7' })],
  ['', exact('w8', 8), items("A' B C D E", { rv: 'w8' })],
  ['', exact('w9', 1), items("A'", { token: 'A @w9', remaining: 4, rv: 'w9' })],
  // 73–80 continued at each write
  ['', { limit: 1, token: 'after A @w0' }, { error: 'continueExpired' }],
  ['', { limit: 1, token: 'after A @w1' }, items('', { rv: 'w1' })],
  ['', { limit: 1, token: 'after A @w2' }, items('B', { rv: 'w2' })],
  ['', { limit: 2, token: 'after B @w3' }, items('C', { rv: 'w3' })],
  ['', { limit: 1, token: 'after A @w5' }, items('B', { token: 'B @w5', remaining: 3, rv: 'w5' })],
  ['', { limit: 2, token: 'after B @w6' }, items('F C', { token: 'C @w6', remaining: 2, rv: 'w6' })],
  ['', { limit: 4, token: 'after C @w7' }, items('D E', { rv: 'w7' })],
  ['', { limit: 1, token: 'after A @w9' }, items('B', { token: 'B @w9', remaining: 3, rv: 'w9' })],
  // 81–83 continued at the latest
  ['', { token: 'after A @-1' }, items('B C D E', { rv: 'w9' })],
  ['', { limit: 2, token: 'after A @-1' }, items('B C', { token: 'C @w9', remaining: 2, rv: 'w9' })],
  ['', { token: 'after C @-1' }, items('D E', { rv: 'w9' })],
  // 84–86 refused
  ['', { token: 'from  @w8' }, refused],
  ['', { token: 'after A @0' }, refused],
  ['', { rv: '-1' }, refused],
];

export const listRows: readonly ListRow[] = rows.map(([at, request, expected], index) => ({
  number: index + 1,
  at,
  ...request,
  expected,
}));
