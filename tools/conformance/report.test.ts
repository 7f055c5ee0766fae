import { readFileSync } from 'node:fs';
import { storageCases } from '@orlop/conformance/storage';
import { underlyingCases } from '@orlop/conformance/underlying';
import { describe, expect, test } from 'vitest';
import { conformancePage } from './conformance-page.mjs';

const page = readFileSync(new URL('../../docs/conformance.md', import.meta.url), 'utf8');
const kits = { backends: underlyingCases, storage: storageCases } as const;

describe.each(Object.entries(kits))('docs/conformance.md: %s', (_kit, cases) => {
  const row = (id: string): string[] | undefined =>
    page
      .split('\n')
      .find((line) => line.startsWith(`| \`${id}\` |`))
      ?.split(/(?<!\\)\|/)
      .map((cell) => cell.trim());

  test('names every case; run tools/conformance/report.mjs when one is new', () => {
    expect(cases.filter(({ id }) => row(id) === undefined).map(({ id }) => id)).toEqual([]);
  });

  test('has a result for memory and sqlite at least, and none that failed', () => {
    for (const { id } of cases) {
      const results = row(id)!.slice(4, -1);
      expect(results.length, id).toBeGreaterThanOrEqual(2);
      expect(
        results.filter((mark) => mark !== '✓' && mark !== '–'),
        id,
      ).toEqual([]);
    }
  });
});

test('no case on the page is without one in the kits', () => {
  const known = new Set([...underlyingCases, ...storageCases].map(({ id }) => id));
  const named = [...page.matchAll(/^\| `([^`]+)` \|/gm)].map(([, id]) => id!);
  expect(named.filter((id) => !known.has(id))).toEqual([]);
});

test('the page shows what passed, failed and was left out, and why', () => {
  const cases = [
    { id: 'read/one', title: 'a | b', contract: ['UR-1'] },
    { id: 'ttl/one', title: 'expires', contract: ['UT-1', 'UT-2'] },
  ];
  const results = (first: object, second: object) => [
    { id: 'read/one', ...first },
    { id: 'ttl/one', ...second },
  ];
  const [passed, failed] = [{ outcome: 'passed' }, { outcome: 'failed', error: new Error('no') }];
  const skipped = { outcome: 'skipped', reason: 'plain declares no ttl' };
  const columns = [
    { name: 'whole', results: results(passed, passed) },
    { name: 'plain', results: results(failed, skipped) },
  ];
  const shown = conformancePage([{ title: 'Kit', text: 'What it judges.', cases, columns }]);
  expect(shown.slice(shown.indexOf('## Kit'))).toBe(`## Kit

What it judges.

|  | passed | left out | failed |
|---|---|---|---|
| whole | 2 | 0 | 0 |
| plain | 0 | 1 | 1 |

Left out:

- plain: plain declares no ttl

### read

| case | is true of a right implementation | rules | whole | plain |
|---|---|---|---|---|
| \`read/one\` | a \\| b | UR-1 | ✓ | ✗ |

### ttl

| case | is true of a right implementation | rules | whole | plain |
|---|---|---|---|---|
| \`ttl/one\` | expires | UT-1 UT-2 | ✓ | – |
`);
});
