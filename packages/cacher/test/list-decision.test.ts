import { encodeContinue } from '@orlop/storage-interface';
import { describe, expect, it } from 'vitest';
import { decideList } from '../src/list-decision.ts';

const tokens: Readonly<Record<string, string>> = {
  none: '',
  at7: encodeContinue('/pods/ns/a', '/pods/', 7),
  latest: encodeContinue('/pods/ns/a', '/pods/', -1),
  rubbish: 'rubbish',
};

/**
 * Kubernetes' table: resourceVersion, match, continue → where the answer comes from without and with a limit, for a
 * collection. One object has no past in the cache, and a store without progress cannot be waited for: what `consistent` and
 * `exact` become there follows below.
 */
const table: readonly [string, string, string, string, string][] = [
  ['', '', 'none', 'consistent', 'consistent'],
  ['0', '', 'none', 'any', 'any'],
  ['7', '', 'none', 'notOlder', 'exact'],
  ['', 'NotOlderThan', 'none', 'store', 'store'],
  ['0', 'NotOlderThan', 'none', 'any', 'any'],
  ['7', 'NotOlderThan', 'none', 'notOlder', 'notOlder'],
  ['', 'Exact', 'none', 'store', 'store'],
  ['0', 'Exact', 'none', 'store', 'store'],
  ['7', 'Exact', 'none', 'exact', 'exact'],
  ['', 'Sometimes', 'none', 'store', 'store'],
  ['0', 'Sometimes', 'none', 'store', 'store'],
  ['7', 'Sometimes', 'none', 'store', 'store'],
  ['', '', 'at7', 'exact', 'exact'],
  ['0', '', 'at7', 'exact', 'exact'],
  ['7', '', 'at7', 'store', 'store'],
  ['', 'NotOlderThan', 'at7', 'store', 'store'],
  ['', 'Exact', 'at7', 'store', 'store'],
  ['', '', 'latest', 'consistent', 'consistent'],
  ['0', '', 'latest', 'consistent', 'consistent'],
  ['7', '', 'latest', 'store', 'store'],
  ['', '', 'rubbish', 'store', 'store'],
  ['abc', '', 'none', 'store', 'store'],
  ['-1', '', 'none', 'store', 'store'],
  ['99999999999999999999', '', 'none', 'store', 'store'],
];
const limits = [0, 5] as const;

describe('list decision', () => {
  it.each(table)('rv %j match %j continue %s → %s, with a limit %s', (resourceVersion, match, token, ...expected) => {
    const options = { resourceVersion, resourceVersionMatch: match, continue: tokens[token]! };
    for (const [i, limit] of limits.entries()) {
      const from = expected[i]!;
      const recursive = { ...options, limit, recursive: true };
      expect(decideList('/pods/', recursive, true).from, `limit ${limit}`).toBe(from);
      // Without progress nobody can know that the cache is up to date; exact reads are decided when they are made.
      const patient = from === 'consistent' ? 'store' : from;
      expect(decideList('/pods/', recursive, false).from, `limit ${limit}, no progress`).toBe(patient);
      const single = token !== 'none' || from === 'exact' ? 'store' : from;
      expect(decideList('/pods/ns/a', { ...options, limit }, true).from, `limit ${limit}, one object`).toBe(single);
    }
  });

  it('says which revision, and where a page begins', () => {
    const page = { recursive: true, continue: tokens['at7']! };
    expect(decideList('/pods/', page, true)).toEqual({ from: 'exact', revision: 7, startKey: '/pods/ns/a\0' });
    const rest = { recursive: true, continue: tokens['latest']! };
    expect(decideList('/pods/', rest, true)).toEqual({ from: 'consistent', startKey: '/pods/ns/a\0' });
    expect(decideList('/pods/', { recursive: true, resourceVersion: '7' }, true)).toEqual({
      from: 'notOlder',
      revision: 7,
    });
  });
});
