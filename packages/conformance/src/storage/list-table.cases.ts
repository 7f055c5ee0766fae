import {
  encodeContinue,
  isExpired,
  isInvalidOptions,
  isInvalidResourceVersion,
  isTooLargeResourceVersion,
  type ListOptions,
  reviseContinue,
  type StorageError,
} from '@orlop/storage-interface';
import { equal, ok, rejects } from '../expect.ts';
import { type Letter, type ListExpectation, type ListRow, listRows, places } from './list-table.ts';
import { byFields } from './selection.ts';
import type { StorageHarness } from './storage-harness.ts';
import type { StorageCase } from './storage-kit.ts';
import { keyOf, placeOf } from './vessel.ts';

/** Revisions by their names: index 0 is w0, the one before the seed. */
type Writes = readonly number[];

export const listTableCases: readonly StorageCase[] = listRows.map((row) => ({
  id: `list/table-${String(row.number).padStart(2, '0')}`,
  title: describe(row),
  contract: ['SI-20', 'SI-21', 'SI-22', 'SI-24', 'SI-30', 'SI-31'],
  run: async (harness) => check(harness, row, await seed(harness)),
}));

async function seed(harness: StorageHarness): Promise<Writes> {
  const writes = [await harness.increaseRevision()];
  for (const letter of ['A', 'B', 'C', 'D', 'E', 'F'] as const) {
    writes.push((await harness.create(places[letter])).revision);
  }
  writes.push((await harness.replace(places.A, { berth: 'quay' })).revision);
  writes.push((await harness.storage.delete(keyOf(places.F))).revision);
  await harness.compact(writes[1]!);
  writes.push(await harness.storage.getCurrentResourceVersion());
  equal(
    writes,
    Array.from(writes, (_, i) => writes[0]! + i),
    'each write is one revision',
  );
  return writes;
}

async function check(harness: StorageHarness, row: ListRow, writes: Writes): Promise<void> {
  const prefix = keyOf(row.at === '' || row.at.endsWith('/') ? row.at : `${row.at}/`);
  const { expected } = row;
  const work = harness.storage.getList(keyOf(row.at), requestOf(row, prefix, writes));
  if ('error' in expected) {
    const error = await rejects(work, errors[expected.error], describe(row));
    if (expected.error === 'continueExpired') checkFreshToken(error as StorageError, prefix);
    return;
  }
  const list = await work;
  const found = list.items.map((item) => placeOf(item.key)).join(' ');
  if (harness.cached && expected.mayLag && found === '') return;
  if (harness.cached && expected.mayBeWhole !== undefined && found === placesOf(expected.mayBeWhole)) {
    equal(list.continue, '', 'a whole list has no token');
    return;
  }
  equal(found, placesOf(expected.items), 'the items');
  for (const item of list.items) {
    equal(item.object.metadata.resourceVersion, String(item.revision), 'an item carries its own revision');
  }
  const updated = list.items.find((item) => item.key === keyOf(places.A));
  if (updated !== undefined) {
    equal(updated.object.spec?.berth, expected.items.includes("A'") ? 'quay' : undefined, 'the version of A');
  }
  checkToken(list.continue, expected.token, prefix, writes);
  equal(list.remainingItemCount, expected.remaining, 'the remaining item count');
  checkRevision(list.resourceVersion, expected, writes);
}

function requestOf(row: ListRow, prefix: string, writes: Writes): ListOptions {
  const { rv, match, limit, fields, token } = row;
  return {
    recursive: true,
    ...(rv === undefined ? {} : { resourceVersion: revisionText(rv, writes) }),
    ...(match === undefined ? {} : { resourceVersionMatch: match }),
    ...(limit === undefined ? {} : { limit }),
    ...(fields === undefined ? {} : { predicate: byFields(fields) }),
    ...(token === undefined ? {} : { continue: tokenOf(token, prefix, writes) }),
  };
}

/** `w7` → the revision; anything else as it is. */
function revisionText(text: string, writes: Writes): string {
  const named = /^w(\d+)$/.exec(text);
  return named === null ? text : String(writes[0]! + Number(named[1]));
}

function tokenOf(text: string, prefix: string, writes: Writes): string {
  const [, how, what = '', rv = ''] = /^(after|from) (\S*) @(\S+)$/.exec(text)!;
  const revision = Number(revisionText(rv, writes));
  if (how === 'after') return encodeContinue(keyOf(places[what as Letter]), prefix, revision);
  return reviseContinue(prefix + what, prefix, revision);
}

const errors: Readonly<Record<Extract<ListExpectation, { error: string }>['error'], (error: unknown) => boolean>> = {
  refused: (error) => isInvalidOptions(error) || isInvalidResourceVersion(error),
  tooLarge: (error) =>
    isTooLargeResourceVersion(error) && /^Too large resource version: \d+, current: \d+$/.test(error.message),
  listExpired: (error) => isExpired(error) && error.message === 'The resourceVersion for the provided list is too old.',
  continueExpired: (error) =>
    isExpired(error) &&
    error.message.startsWith('The provided continue parameter is too old to display a consistent list result.'),
};

function checkFreshToken(error: StorageError, prefix: string): void {
  equal(error.continue, reviseContinue(`${keyOf(places.A)}\0`, prefix, -1), 'the token for the inconsistent rest');
}

function checkToken(actual: string, expected: string | undefined, prefix: string, writes: Writes): void {
  if (expected === undefined) equal(actual, '', 'no token');
  else if (expected === 'any') ok(actual !== '', 'there is a token');
  else equal(actual, tokenOf(`after ${expected}`, prefix, writes), 'the token');
}

function checkRevision(actual: number, { rv }: { readonly rv?: string }, writes: Writes): void {
  if (rv === undefined) ok(actual > 0, 'the list has a revision');
  else if (rv.startsWith('>=')) ok(actual >= Number(revisionText(rv.slice(2), writes)), `the revision is ${rv}`);
  else equal(actual, Number(revisionText(rv, writes)), `the revision is ${rv}`);
}

const placesOf = (letters: string): string =>
  letters
    .split(' ')
    .filter((letter) => letter !== '')
    .map((letter) => places[letter.charAt(0) as Letter])
    .join(' ');

function describe({ at, rv, match, limit, fields, token, expected }: ListRow): string {
  const asked = [
    `/${at}`,
    rv === undefined ? '' : `resourceVersion ${rv}`,
    match ?? '',
    limit === undefined ? '' : `limit ${limit}`,
    fields ?? '',
    token === undefined ? '' : `continue ${token}`,
  ];
  const answer = 'error' in expected ? expected.error : `[${expected.items}]`;
  return `${asked.filter((part) => part !== '').join(', ')} gives ${answer}`;
}
