import { expect, test } from 'vitest';
import { answersProgress, isSupported, keepsDeletionAtCompaction } from '../src/server-version.ts';

test('what each version can do', () => {
  const of = (version: string) => [isSupported, answersProgress, keepsDeletionAtCompaction].map((can) => can(version));
  expect(of('3.3.27')).toEqual([false, false, false]);
  expect(of('3.4.0')).toEqual([true, false, false]);
  expect(of('3.4.30')).toEqual([true, false, false]);
  expect(of('3.4.31')).toEqual([true, true, false]);
  expect(of('3.4.34')).toEqual([true, true, true]);
  expect(of('3.5.0')).toEqual([true, false, false]);
  expect(of('3.5.13')).toEqual([true, true, false]);
  expect(of('3.5.16')).toEqual([true, true, true]);
  expect(of('3.6.0-rc.1')).toEqual([true, true, true]);
  expect(of('3.10.0')).toEqual([true, true, true]);
  expect(of('4.0.0')).toEqual([true, true, true]);
  expect(of('nonsense')).toEqual([false, false, false]);
});
