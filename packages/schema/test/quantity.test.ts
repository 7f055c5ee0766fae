import { describe, expect, test } from 'vitest';
import {
  canonicalQuantity,
  compareQuantity,
  formatQuantity,
  parseQuantity,
  QuantityError,
  quantitySign,
} from '../src/index.ts';

const wrongFormat = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const wrongSuffix = "unable to parse quantity's suffix";

describe('canonical text', () => {
  test.each([
    ['0', '0'],
    ['0Ki', '0'],
    ['0.5', '500m'],
    ['1000m', '1'],
    ['1200000m', '1200'],
    ['1024Mi', '1Gi'],
    ['1023', '1023'],
    ['1000000', '1M'],
    ['0.5Ki', '512'],
    ['1.5Gi', '1536Mi'],
    ['2047Ki', '2047Ki'],
    ['1e3', '1e3'],
    ['12e3', '12e3'],
    ['1E3', '1E3'],
    ['1e1', '10'],
    ['1e-3', '1e-3'],
    ['1000k', '1M'],
    ['0.1n', '1n'],
    ['-0.0000000001', '-1n'],
    ['0.0001Ki', '102400u'],
    ['-5Gi', '-5Gi'],
    ['9Ei', '9223372036854775807'],
    ['.5', '500m'],
    ['1.', '1.'],
    // Short canonical texts are kept as they were written.
    ['+1', '+1'],
    ['005', '005'],
  ])('%s → %s', (text, canonical) => {
    expect(canonicalQuantity(text)).toBe(canonical);
    expect(formatQuantity(parseQuantity(canonical))).toBe(formatQuantity(parseQuantity(text)));
  });

  test.each([
    ['', wrongFormat],
    ['lots', wrongFormat],
    ['1 Gi', wrongFormat],
    [' 1', wrongFormat],
    ['1KiB', wrongFormat],
    ['1Kii', wrongSuffix],
    ['1e', wrongSuffix],
    ['1-5', wrongSuffix],
    ['10i', wrongSuffix],
  ])('%j is refused', (text, message) => {
    expect(() => canonicalQuantity(text)).toThrow(new QuantityError(message));
  });

  test('an exponent of millions costs nothing', () => {
    expect(canonicalQuantity('1e30000000')).toBe('1e30000000');
    expect(canonicalQuantity('1e-30000000')).toBe('1e-9');
    expect(compareQuantity('1e30000000', '2e20000000')).toBe(1);
  });
});

describe('comparison', () => {
  const ascending = ['-1Gi', '-1', '0', '1n', '500m', '1', '1000', '1Ki', '2k', '1Gi', '1e30', '2e30'];
  test('values decide, formats do not', () => {
    for (const [i, a] of ascending.entries()) {
      for (const [j, b] of ascending.entries()) expect(compareQuantity(a, b)).toBe(Math.sign(i - j));
    }
    expect(compareQuantity('1000m', '1')).toBe(0);
    expect(compareQuantity(parseQuantity('1024'), '1Ki')).toBe(0);
  });
  test('sign', () => {
    expect(['-1m', '0', '5'].map((text) => quantitySign(text))).toEqual([-1, 0, 1]);
  });
});
