import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalMicroTime, canonicalTime } from '../src/index.ts';

const two = (least: number, most: number) =>
  fc.integer({ min: least, max: most }).map((value) => String(value).padStart(2, '0'));
const year = fc.constantFrom('0000', '0001', '1900', '2023', '2024', '9999');
const parts = fc.tuple(year, two(0, 13), two(0, 32), two(0, 24), two(0, 60), two(0, 60));

/** What is said of a time: its canonical text, or an error. Fractions and another zone take the long way. */
function said(read: (text: string) => string | null, text: string): string | null {
  try {
    return read(text);
  } catch {
    return 'refused';
  }
}

test('a time that is canonical already is what the long way makes of it', () => {
  fc.assert(
    fc.property(parts, ([y, month, day, hour, minute, second]) => {
      const bare = `${y}-${month}-${day}T${hour}:${minute}:${second}`;
      expect(said(canonicalTime, `${bare}Z`)).toBe(said(canonicalTime, `${bare}.5Z`));
      expect(said(canonicalMicroTime, `${bare}.000001Z`)).toBe(said(canonicalMicroTime, `${bare}.000001+00:00`));
    }),
    { numRuns: 2000 },
  );
});
