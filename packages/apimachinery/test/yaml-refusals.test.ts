import { describe, expect, it } from 'vitest';
import { readYaml } from '../src/index.ts';
import { yamlAnswers } from './yaml-answers.ts';

function refusal(text: string): string | null {
  try {
    readYaml(text);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

/** What the rules of YAML 1.2 read otherwise than 1.1: our parser of values refuses the first three, with words of its own. */
const otherwise = ['a: [b]#c\n', 'a: &x b\n*x: c\n', 'a: [-]\n', '&a: b\n'];

describe('YAML is refused as Kubernetes refuses it', () => {
  it.each(yamlAnswers.filter(([text]) => !otherwise.includes(text)))('%j', (text, expected) => {
    expect(refusal(text)).toBe(expected);
  });
});

describe('texts of strangers', () => {
  it.each([
    ['brackets', '['.repeat(200_000)],
    ['lists', `${'- '.repeat(50_000)}a`],
    ['maps', '{a: '.repeat(100_000)],
    ['keys', '? '.repeat(50_000)],
  ])('deep %s are refused without much ado', (_what, text) => {
    expect(refusal(text)).toBe('yaml: exceeded max depth of 10000');
  });

  const levels = (count: number, level: (depth: number) => string): string =>
    Array.from({ length: count }, (_, depth) => level(depth)).join('');
  const nestings: [string, (count: number) => string][] = [
    ['flow lists', (count) => `${'['.repeat(count)}'a'${']'.repeat(count)}`],
    ['flow maps', (count) => `${'{a: '.repeat(count)}1${'}'.repeat(count)}`],
    ['pairs in flow lists', (count) => `${'[a: '.repeat(count / 2)}1${']'.repeat(count / 2)}`],
    ['lists', (count) => `${'- '.repeat(count)}1`],
    ['maps', (count) => levels(count, (depth) => `\n${' '.repeat(depth)}a:`)],
    ['lists at the indent of their keys', (count) => levels(count / 2, (depth) => `a:\n${'  '.repeat(depth)}- `)],
    ['aliases', (count) => `a0: &a0 [x]${levels(count, (i) => `\na${i + 1}: &a${i + 1} [*a${i}]`)}`],
  ];

  it.each(nestings)('%s as deep as a call stack bears are read, and deeper ones refused', (name, nested) => {
    const most = name === 'aliases' ? 200 : 498;
    expect(refusal(nested(most))).toBe(null);
    expect(refusal(nested(1200))).toBe('yaml: nested deeper than 500 levels');
    expect(refusal(nested(9000))).toBe('yaml: nested deeper than 500 levels');
  });

  it('many aliases are refused within a moment', () => {
    expect(refusal(`a: &a 1\nb:\n${'- *a\n'.repeat(110_000)}`)).toBe('yaml: document contains excessive aliasing');
  });

  it('whatever the text, there is a value or a refusal', () => {
    const pieces = [
      'a',
      ': ',
      '- ',
      '\n',
      '  ',
      '\t',
      '"',
      "'",
      '[',
      ']',
      '{',
      '}',
      ',',
      '#',
      '&x ',
      '*x',
      '!',
      '|',
      '>',
      '%',
      '?',
      '---',
    ];
    let seed = 7;
    const next = (limit: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % limit;
    };
    for (let round = 0; round < 3000; round++) {
      const text = Array.from({ length: 1 + next(14) }, () => pieces[next(pieces.length)]).join('');
      const answer = refusal(text);
      expect(
        answer === null || /^(yaml: |unsupported map key)/.test(answer),
        `${JSON.stringify(text)}: ${answer}`,
      ).toBe(true);
    }
  });
});
