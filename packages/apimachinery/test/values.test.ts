import { describe, expect, test } from 'vitest';
import {
  byteLength,
  compareBytes,
  formatMicroTime,
  formatTime,
  generateName,
  goFormat,
  goJson,
  goQuote,
  goStringSlice,
  humanDuration,
  intValue,
  parseTime,
  percentOf,
  scaledValue,
  shortHumanDuration,
  systemRuntime,
} from '../src/index.ts';

const s = 1000;
const m = 60 * s;
const h = 60 * m;
const d = 24 * h;

describe('durations', () => {
  test.each([
    [-3 * s, '<invalid>', '<invalid>'],
    [-1.5 * s, '0s', '0s'],
    [0, '0s', '0s'],
    [119 * s, '119s', '1m'],
    [2 * m, '2m', '2m'],
    [2 * m + 5 * s, '2m5s', '2m'],
    [10 * m, '10m', '10m'],
    [179 * m, '179m', '2h'],
    [3 * h, '3h', '3h'],
    [3 * h + 4 * m, '3h4m', '3h'],
    [8 * h + 4 * m, '8h', '8h'],
    [47 * h, '47h', '1d'],
    [49 * h, '2d1h', '2d'],
    [48 * h, '2d', '2d'],
    [8 * d + h, '8d', '8d'],
    [729 * d, '729d', '1y'],
    [731 * d, '2y1d', '2y'],
    [730 * d, '2y', '2y'],
    [8 * 365 * d + d, '8y', '8y'],
  ])('%d', (milliseconds, long, short) => {
    expect(humanDuration(milliseconds)).toBe(long);
    expect(shortHumanDuration(milliseconds)).toBe(short);
  });
});

test('times', () => {
  const moment = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
  expect(formatTime(moment)).toBe('2026-01-02T03:04:05Z');
  expect(formatMicroTime(moment + 0.25)).toBe('2026-01-02T03:04:05.678250Z');
  expect(parseTime('2026-01-02T04:04:05.678+01:00')).toBe(moment);
  expect(parseTime('yesterday')).toBeUndefined();
  expect(parseTime(undefined)).toBeUndefined();
});

test('generated names fit a label', () => {
  const digits = [0, 1, 25, 26, 13];
  let next = 0;
  expect(generateName('web-', { integer: () => digits[next++]! })).toBe('web-bc89r');
  const name = generateName('x'.repeat(80), systemRuntime().random);
  expect(name).toMatch(/^x{58}[bcdfghjklmnpqrstvwxz2456789]{5}$/);
});

test('numbers and percentages', () => {
  expect(scaledValue('25%', 10, true)).toBe(3);
  expect(scaledValue('25%', 10, false)).toBe(2);
  expect(scaledValue(7, 10, true)).toBe(7);
  expect(() => scaledValue('7', 10, true)).toThrow(
    'invalid value for IntOrString: invalid type: string is not a percentage',
  );
  expect(() => scaledValue('x%', 10, true)).toThrow('invalid value "x%": strconv.Atoi: parsing "x": invalid syntax');
  expect(() => scaledValue(undefined, 10, true)).toThrow('nil value for IntOrString');
  expect([percentOf('10%'), percentOf('10'), percentOf(10)]).toEqual([10, undefined, undefined]);
  expect([intValue('12'), intValue('x'), intValue(3)]).toEqual([12, 0, 3]);
});

describe('text as Go writes it', () => {
  test.each([
    ['plain', '"plain"'],
    ['"\\', '"\\"\\\\"'],
    ['\u0007\b\f\n\r\t\v\u0000\u007f', '"\\a\\b\\f\\n\\r\\t\\v\\x00\\x7f"'],
    ['é ☃ 😀 <&>', '"é ☃ 😀 <&>"'],
    ['\u00a0\u200b\u{e0001}', '"\\u00a0\\u200b\\U000e0001"'],
    ['\ud800', '"\ufffd"'],
  ])('%j', (text, quoted) => expect(goQuote(text)).toBe(quoted));

  test('JSON, lists and values', () => {
    expect(goJson({ a: '<\u2028', b: 10n, c: undefined })).toBe('{"a":"\\u003c\\u2028","b":10}');
    expect(goJson(undefined)).toBe('null');
    expect(goStringSlice(['a', 'b"'])).toBe('[]string{"a", "b\\""}');
    expect(goFormat({ b: [1, 'x y', null], a: { c: true, d: 1.5e21, e: 0.00001 } })).toBe(
      'map[a:map[c:true d:1.5e+21 e:1e-05] b:[1 x y <nil>]]',
    );
  });

  test('bytes', () => {
    expect(['a', 'é', '☃', '😀', '\ud83d'].map(byteLength)).toEqual([1, 2, 3, 4, 3]);
    expect(['\uffff', '😀', 'a', 'ab', ''].sort(compareBytes)).toEqual(['', 'a', 'ab', '\uffff', '😀']);
  });
});
