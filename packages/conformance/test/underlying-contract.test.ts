import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { contractCoverage, contractIds } from '../src/coverage.ts';
import { underlyingCases } from '../src/underlying/index.ts';

const contract = readFileSync(new URL('../../../docs/storage-contract.md', import.meta.url), 'utf8');

test('every rule of the storage contract has a case, and every case names rules that exist', () => {
  const ids = contractIds(contract);
  expect(ids.length).toBeGreaterThan(40);
  expect(new Set(ids).size).toBe(ids.length);
  expect(contractCoverage(ids, underlyingCases)).toEqual({ unproven: [], unknown: [], duplicates: [] });
});

test('a rule without a case, an unknown rule and a repeated id are found', () => {
  const cases = [
    { id: 'a', contract: ['UX-1'] },
    { id: 'a', contract: ['UX-9'] },
  ];
  expect(contractCoverage(['UX-1', 'UX-2'], cases)).toEqual({
    unproven: ['UX-2'],
    unknown: ['UX-9'],
    duplicates: ['a'],
  });
});
