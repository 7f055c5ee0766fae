import { describe, expect, test } from 'vitest';
import {
  everythingLabels,
  formatLabelSelector,
  labelSelectorFrom,
  labelSelectorFromSet,
  parseFieldSelector,
  parseLabelSelector,
  SelectorError,
  unknownFieldLabelText,
} from '../src/index.ts';
import { fieldSelectorAnswers, labelSelectorAnswers } from './selector-answers.ts';

function complaintOf(run: () => unknown): string | null {
  try {
    run();
    return null;
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
    return (error as Error).message;
  }
}

describe('label selectors', () => {
  test.each(labelSelectorAnswers)('%j', (selector, complaint) => {
    expect(complaintOf(() => parseLabelSelector(selector))).toBe(complaint);
  });

  test.each([
    ['app=web', { app: 'web' }, true],
    ['app==web', { app: 'api' }, false],
    ['app!=web', {}, true],
    ['app notin (web)', {}, true],
    ['app notin (web)', { app: 'web' }, false],
    ['app in ()', { app: '' }, true],
    ['app in ()', {}, false],
    ['app=', { app: '' }, true],
    ['app', { app: '' }, true],
    ['!app', {}, true],
    ['!app', { app: '' }, false],
    ['n>5', { n: '6' }, true],
    ['n>5', { n: '5' }, false],
    ['n>5', { n: 'many' }, false],
    ['n>5', {}, false],
    ['n<9223372036854775807', { n: '9223372036854775806' }, true],
    ['n<5', { n: '-7' }, true],
    ['constructor', {}, false],
    ['!toString', {}, true],
    ['a=1,b=2', { a: '1' }, false],
    ['', {}, true],
  ] as const)('%s on %j: %s', (selector, labels, expected) => {
    expect(parseLabelSelector(selector).matches(labels)).toBe(expected);
  });

  test('text is sorted by key, sets are sorted, operators stay as written', () => {
    const text = 'z==1,tier in (b, a),!old,app,env notin (test),n>5';
    const canonical = 'app,env notin (test),n>5,!old,tier in (a,b),z==1';
    expect(String(parseLabelSelector(text))).toBe(canonical);
    expect(String(parseLabelSelector(canonical))).toBe(canonical);
  });

  test('the selector of an object', () => {
    expect(labelSelectorFrom(undefined).matches({})).toBe(false);
    expect(labelSelectorFrom(undefined).nothing).toBe(true);
    expect(labelSelectorFrom({})).toBe(everythingLabels);
    const selector = labelSelectorFrom({
      matchLabels: { app: 'web' },
      matchExpressions: [
        { key: 'tier', operator: 'In', values: ['b', 'a'] },
        { key: 'old', operator: 'DoesNotExist' },
        { key: 'env', operator: 'NotIn', values: ['test'] },
        { key: 'zone', operator: 'Exists' },
      ],
    });
    expect(String(selector)).toBe('app=web,env notin (test),!old,tier in (a,b),zone');
    expect(selector.matches({ app: 'web', tier: 'a', zone: '' })).toBe(true);
    expect(selector.matches({ app: 'web', tier: 'c', zone: '' })).toBe(false);
    expect(() => labelSelectorFrom({ matchExpressions: [{ key: 'a', operator: 'Like' }] })).toThrow(
      new SelectorError('"Like" is not a valid label selector operator'),
    );
    expect(() => labelSelectorFrom({ matchExpressions: [{ key: 'a', operator: 'In' }] })).toThrow(
      "values: Invalid value: []: for 'in', 'notin' operators, values set can't be empty",
    );
    expect(formatLabelSelector({ matchLabels: { b: '2', a: '1' } })).toBe('a=1,b=2');
    expect(formatLabelSelector(undefined)).toBe('<none>');
  });

  test('what a label must be exactly', () => {
    const selector = parseLabelSelector('a=1,b in (2),c in (3,4),d!=5');
    expect(['a', 'b', 'c', 'd', 'e'].map((label) => selector.requiresExactMatch(label))).toEqual([
      '1',
      '2',
      undefined,
      undefined,
      undefined,
    ]);
    expect(labelSelectorFromSet({ x: 'y' }).requirements).toEqual([{ key: 'x', operator: '=', values: ['y'] }]);
  });
});

describe('field selectors', () => {
  const known = new Set(['metadata.name', 'metadata.namespace']);

  test.each(fieldSelectorAnswers)('%j', (selector, complaint) => {
    const run = (): unknown =>
      parseFieldSelector(selector).transform((field, value) => {
        if (!known.has(field)) throw new SelectorError(unknownFieldLabelText(field));
        return [field, value];
      });
    expect(complaintOf(run)).toBe(complaint);
  });

  test.each([
    ['a=1', { a: '1' }, true],
    ['a==1', { a: '2' }, false],
    ['a!=1', {}, true],
    ['a=', {}, true],
    ['a=x\\,y\\=z\\\\', { a: 'x,y=z\\' }, true],
    ['a=1,b=2', { a: '1', b: '2' }, true],
    ['a=1,b=2', { a: '1', b: '3' }, false],
  ] as const)('%s on %j: %s', (selector, fields, expected) => {
    const parsed = parseFieldSelector(selector);
    expect(parsed.matches(fields)).toBe(expected);
    expect(parseFieldSelector(String(parsed)).requirements).toEqual(parsed.requirements);
  });

  test('renaming and exact matches', () => {
    const selector = parseFieldSelector('spec.host=n1,status.phase!=Running');
    const renamed = selector.transform((field, value) => (field === 'spec.host' ? ['spec.nodeName', value] : ['', '']));
    expect(String(renamed)).toBe('spec.nodeName=n1');
    expect(renamed.requiresExactMatch('spec.nodeName')).toBe('n1');
    expect(selector.requiresExactMatch('status.phase')).toBeUndefined();
    expect(parseFieldSelector('').empty).toBe(true);
  });
});
