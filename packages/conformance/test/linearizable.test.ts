import { describe, expect, test } from 'vitest';
import { type Call, linearizabilityViolations } from '../src/index.ts';

/** Histories of one key, written by hand: `put a 0 @2 [0 1]` is a put of value a upon 0 with revision 2 from 0 to 1. */
function history(...lines: readonly string[]): readonly Call[] {
  return lines.map((line) => {
    const [what = '', value, expected, outcome = '', times = ''] = line.split(/ (?![^[]*\])/);
    const [start, end] = times.slice(1, -1).split(' ').map(Number) as [number, number];
    const call = { do: what as Call['do'], key: '/k', start, end };
    const revision = Number(outcome.slice(1));
    // A get names what it found where a write names its value and expectation; so does a lost compare, after a slash.
    const found = (text: string | undefined) => {
      const [seen, created, modified] = (text ?? '').split('.');
      return seen ? { value: seen, createRevision: Number(created), modRevision: Number(modified) } : undefined;
    };
    if (what === 'get') return { ...call, result: { revision, found: found(value === '-' ? '' : value) } };
    const write = { ...call, ...(what === 'put' ? { value: value! } : {}), expected: Number(expected) };
    if (outcome === '?') return { ...write, result: 'unknown' };
    if (!outcome.startsWith('!')) return { ...write, result: { succeeded: true, revision } };
    const [lostAt, current] = outcome.slice(1).split('/');
    return { ...write, result: { succeeded: false, revision: Number(lostAt), found: found(current) } };
  });
}

describe('right histories', () => {
  test.each([
    ['one after the other', ['put a 0 @2 [0 1]', 'get a.2.2 - @2 [2 3]', 'put b 2 @3 [4 5]', 'delete - 3 @4 [6 7]']],
    ['a read among writes may see either', ['put a 0 @2 [0 5]', 'get - - @1 [1 2]', 'get a.2.2 - @2 [3 4]']],
    ['a loser sees the winner', ['put a 0 @2 [0 3]', 'put b 0 !2/a.2.2 [1 2]']],
    ['a second life', ['put a 0 @2 [0 1]', 'delete - 2 @3 [2 3]', 'put b 0 @4 [4 5]', 'get b.4.4 - @4 [6 7]']],
    ['an unknown put that was done', ['put a 0 ? [0 1]', 'get a.2.2 - @2 [2 3]', 'put b 2 @3 [4 5]']],
    ['an unknown put that was not done', ['put a 0 ? [0 1]', 'get - - @1 [2 3]', 'put b 0 @2 [4 5]']],
    ['an unknown put that is done long after', ['put a 0 ? [0 1]', 'get - - @1 [2 3]', 'get a.2.2 - @2 [4 5]']],
    [
      'an unknown deletion that was done',
      ['put a 0 @2 [0 1]', 'delete - 2 ? [2 3]', 'get - - @3 [4 5]', 'put b 0 @4 [6 7]'],
    ],
    ['an unknown deletion that was not', ['put a 0 @2 [0 1]', 'delete - 2 ? [2 3]', 'get a.2.2 - @2 [4 5]']],
  ])('%s', (_title, lines) => {
    expect(linearizabilityViolations(history(...lines))).toEqual([]);
  });
});

describe('wrong histories', () => {
  test.each([
    ['two winners', ['put a 0 @2 [0 3]', 'put b 0 @3 [1 2]'], 'put /k b expecting 0 at revision 3 succeeded upon'],
    ['one revision twice', ['put a 0 @2 [0 1]', 'put b 2 @2 [2 3]'], 'share a revision'],
    ['a stale read', ['put a 0 @2 [0 1]', 'get - - @1 [2 3]'], 'began after the end of put /k a'],
    [
      'a read that goes back',
      ['put a 0 @2 [0 9]', 'get a.2.2 - @2 [1 2]', 'get - - @1 [3 4]'],
      'began after the end of get',
    ],
    ['a write that goes back', ['put a 0 @3 [0 1]', 'put b 0 @2 [2 3]'], 'began after the end'],
    ['a read of what nobody wrote', ['put a 0 @2 [0 1]', 'get b.2.2 - @2 [2 3]'], 'get /k at revision 2 found'],
    ['a wrong life', ['put a 0 @2 [0 1]', 'put b 2 @3 [2 3]', 'get b.3.3 - @3 [4 5]'], 'get /k at revision 3 found'],
    ['a loss for no reason', ['put a 0 @2 [0 1]', 'put b 2 !2/a.2.2 [2 3]'], 'lost although its expectation held'],
    ['a lost write', ['put a 0 @2 [0 1]', 'get - - @3 [2 3]'], 'get /k at revision 3 found'],
    ['a rejected write that shows', ['put a 0 @2 [0 1]', 'put b 0 !2/a.2.2 [2 3]', 'get b.2.3 - @3 [4 5]'], 'found'],
    [
      'an unknown deletion that comes and goes',
      ['put a 0 @2 [0 1]', 'delete - 2 ? [2 3]', 'get - - @3 [4 5]', 'get a.2.2 - @4 [6 7]'],
      'get /k at revision 4 found',
    ],
  ])('%s', (_title, lines, complaint) => {
    expect(linearizabilityViolations(history(...lines)).join('\n')).toContain(complaint);
  });
});
