import { encodeContinue } from '@orlop/storage-interface';
import { describe, expect, it } from 'vitest';
import { decideList } from '../src/list-decision.ts';

const at7 = encodeContinue('/pods/ns/a', '/pods/', 7);
const latest = encodeContinue('/pods/ns/a', '/pods/', -1);

/** Kubernetes' table: resourceVersion, match, continue, limit → where the answer comes from. */
const table: readonly [string, string, string, number, string][] = [
  ['', '', '', 0, 'consistent'],
  ['', '', '', 5, 'consistent'],
  ['0', '', '', 0, 'any'],
  ['0', '', '', 5, 'any'],
  ['0', 'NotOlderThan', '', 5, 'any'],
  ['7', '', '', 0, 'notOlder'],
  ['7', '', '', 5, 'exact'],
  ['7', 'NotOlderThan', '', 5, 'notOlder'],
  ['7', 'Exact', '', 0, 'exact'],
  ['0', 'Exact', '', 0, 'store'],
  ['', '', at7, 5, 'exact'],
  ['0', '', at7, 5, 'exact'],
  ['', '', latest, 5, 'consistent'],
  ['7', '', at7, 5, 'store'],
  ['', '', 'rubbish', 5, 'store'],
  ['7', 'Sometimes', '', 0, 'store'],
  ['abc', '', '', 0, 'store'],
  ['99999999999999999999', '', '', 0, 'store'],
];

describe('list decision', () => {
  it.each(table)(
    'rv %j match %j continue %j limit %i → %s',
    (resourceVersion, resourceVersionMatch, token, limit, from) => {
      const options = { resourceVersion, resourceVersionMatch, continue: token, limit, recursive: true };
      expect(decideList('/pods/', options, true).from).toBe(from);
    },
  );

  it('goes to the store for consistent reads when there is no progress', () => {
    expect(decideList('/pods/', { recursive: true }, false).from).toBe('store');
    expect(decideList('/pods/', { recursive: true, continue: latest }, false).from).toBe('store');
    expect(decideList('/pods/', { recursive: true, resourceVersion: '7' }, false).from).toBe('notOlder');
  });

  it('goes to the store for exact reads of one object', () => {
    expect(decideList('/pods/ns/a', { resourceVersion: '7', resourceVersionMatch: 'Exact' }, true).from).toBe('store');
    expect(decideList('/pods/ns/a', { resourceVersion: '7', limit: 5 }, true).from).toBe('store');
    expect(decideList('/pods/ns/a', {}, true).from).toBe('consistent');
  });
});
