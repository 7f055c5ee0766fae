import { expect, test } from 'vitest';
import { canonicalBase64, encodeBase64 } from '../src/base64.ts';
import { canonicalDuration } from '../src/duration.ts';
import { canonicalMicroTime, canonicalTime } from '../src/index.ts';

test.each<[string, string | null]>([
  ['2024-02-29T23:59:59Z', '2024-02-29T23:59:59Z'],
  ['2024-01-01T00:00:00.999999999Z', '2024-01-01T00:00:00Z'],
  ['2024-01-01T00:00:00+02:00', '2023-12-31T22:00:00Z'],
  ['2024-01-01T1:02:03-00:30', '2024-01-01T01:32:03Z'],
  ['1969-12-31T23:59:59Z', '1969-12-31T23:59:59Z'],
  ['0099-01-01T00:00:00Z', '0099-01-01T00:00:00Z'],
  ['0001-01-01T00:00:00Z', null],
])('time %s', (text, canonical) => {
  expect(canonicalTime(text)).toBe(canonical);
});

test.each([
  ['', 'cannot parse "" as "2006"'],
  ['2024-1-1', 'cannot parse "1-1" as "01"'],
  ['2024-01-01 00:00:00Z', 'cannot parse " 00:00:00Z" as "T"'],
  ['2024-01-01T00:00:00', 'cannot parse "" as "Z07:00"'],
  ['2024-01-01T00:00:00-0200', 'cannot parse "-0200" as "Z07:00"'],
])('no time: %s', (text, why) => {
  expect(() => canonicalTime(text)).toThrow(`parsing time "${text}" as "2006-01-02T15:04:05Z07:00": ${why}`);
});

test.each([
  ['2024-13-01T00:00:00Z', 'month out of range'],
  ['2023-02-29T00:00:00Z', 'day out of range'],
  ['2024-01-01T24:00:00Z', 'hour out of range'],
  ['2024-01-01T00:60:00Z', 'minute out of range'],
  ['2024-01-01T00:00:60Z', 'second out of range'],
  ['2024-01-01T00:00:00+25:00', 'time zone offset hour out of range'],
  ['2024-01-01T00:00:00Zx', 'extra text: "x"'],
])('out of range: %s', (text, why) => {
  expect(() => canonicalTime(text)).toThrow(`parsing time "${text}": ${why}`);
});

test('microseconds never pass through a clock of milliseconds', () => {
  expect(canonicalMicroTime('2024-05-01T12:00:00.123456+02:00')).toBe('2024-05-01T10:00:00.123456Z');
  expect(canonicalMicroTime('0001-01-01T00:00:00.000000Z')).toBe(null);
  expect(() => canonicalMicroTime('2024-05-01T12:00:00.1234567Z')).toThrow('cannot parse "7Z" as "Z07:00"');
});

test.each([
  ['YQ==', 'YQ=='],
  ['YW\nJj\r\n', 'YWJj'],
  ['YR==', 'YQ=='],
  ['YWJ=', 'YWI='],
  ['', ''],
])('base64 %j', (text, canonical) => {
  expect(canonicalBase64(text)).toBe(canonical);
});

test.each([
  ['Y', 0],
  ['YQ', 0],
  ['YQ=', 3],
  ['YQ=a', 2],
  ['Y!==', 1],
  ['====', 0],
  ['YQ==x', 4],
  ['YWJjYWJj!', 8],
])('no base64: %s', (text, at) => {
  expect(() => canonicalBase64(text)).toThrow(`illegal base64 data at input byte ${at}`);
});

test('bytes to base64', () => {
  expect([[], [97], [97, 98], [97, 98, 99], [255, 254]].map(encodeBase64)).toEqual([
    '',
    'YQ==',
    'YWI=',
    'YWJj',
    '//4=',
  ]);
});

test.each([
  ['0', '0s'],
  ['90m', '1h30m0s'],
  ['1.5h', '1h30m0s'],
  ['-1m1.5s', '-1m1.5s'],
  ['1500us', '1.5ms'],
  ['10ns', '10ns'],
  ['.5s', '500ms'],
])('duration %s', (text, canonical) => {
  expect(canonicalDuration(text)).toBe(canonical);
});

test.each([
  ['', 'time: invalid duration ""'],
  ['1', 'time: missing unit in duration "1"'],
  ['1x', 'time: unknown unit "x" in duration "1x"'],
  ['.s', 'time: invalid duration ".s"'],
])('no duration: %j', (text, message) => {
  expect(() => canonicalDuration(text)).toThrow(message);
});
