import { readFileSync } from 'node:fs';
import * as schema from '@orlop/schema';
import { expect, test } from 'vitest';
import * as apimachinery from '../src/index.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const modules: Readonly<Record<string, unknown>> = { '@orlop/apimachinery': apimachinery, '@orlop/schema': schema };

/** Lines `call; // value` of the README: what the call gives and what the comment says it gives. */
function examples(): [code: string, expected: string][] {
  const blocks = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, block]) => block!);
  return blocks.flatMap((block) => {
    const setup = block.replace(/import (\{[^}]*\}) from '([^']*)';/g, 'const $1 = modules["$2"];');
    const claims = [...block.matchAll(/^(.*); \/\/ (true|false|'.*')/gm)];
    return claims.map(([, call, value]): [string, string] => [`${setup}\nreturn ${call};`, value!]);
  });
}

test.each(examples())('%#', (code, expected) => {
  const run = new Function('modules', code) as (given: typeof modules) => unknown;
  expect(String(run(modules))).toBe(expected.replace(/^'|'$/g, ''));
});

test('there are examples', () => expect(examples().length).toBeGreaterThan(5));
