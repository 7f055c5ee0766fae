import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Example, findDocuments, findExamples } from './find-examples.ts';
import { fits, markClaims, printedParts, withoutMarks } from './mark-claims.ts';
import { type Outcome, type PreparedExample, prepareExample, runExample } from './run-example.ts';

/** Runs every example of every document, as a reader would who copies it. Below tests/, so that packages are found. */
const root = fileURLToPath(new URL('../../', import.meta.url));
mkdirSync(join(root, 'tests/.cache'), { recursive: true });
const folder = mkdtempSync(join(root, 'tests/.cache/examples-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const examples = findDocuments().flatMap(findExamples);
const place = ({ document, line }: Example): string => `${document}:${line}`;
const whole = examples.filter(({ kind }) => kind !== 'fragment').map((example) => prepareExample(example, folder));

describe('examples run', () => {
  const outcomes = new Map<PreparedExample, Outcome>();

  beforeAll(async () => {
    const waiting = [...whole];
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) outcomes.set(next, await runExample(next));
    };
    await Promise.all([work(), work()]);
  }, 300_000);

  test.each(whole.map((example) => [place(example), example] as const))('%s', (_, example) => {
    const { exitCode, output, errors } = outcomes.get(example)!;
    expect(exitCode, errors || output).toBe(0);
    const parts = printedParts(output);
    example.claims.forEach((claim, i) => {
      if (!fits(parts[i] ?? '', claim)) expect(parts[i], 'what the comment promises').toBe(claim);
    });
    const printed = withoutMarks(output);
    if (example.output && !fits(printed, example.output)) expect(printed, 'the text below').toBe(example.output);
  });
});

test('examples have no type errors', { timeout: 300_000 }, () => {
  const check = join(folder, 'tsconfig.json');
  const own = { extends: '../../../tsconfig.check.json', include: ['*/*.ts'] };
  writeFileSync(check, JSON.stringify(own));
  const errors = compile(check).filter((line) => line.includes(`${folder.slice(root.length)}/`));
  expect(errors).toEqual([]);
});

describe('fragments can be read', () => {
  const fragments = examples.filter(({ kind }) => kind === 'fragment');
  test.each(fragments.map((example) => [place(example), example] as const))('%s', (name, { code }) => {
    markClaims(`${name}.ts`, code);
  });
  test('and are few', () => expect(fragments.length).toBeLessThan(whole.length));
});

describe('every package stands alone', () => {
  test.each(readdirSync(join(root, 'packages')))('%s', (name) => {
    const text = readFileSync(join(root, 'packages', name, 'README.md'), 'utf8');
    const manifest = JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8')) as { name: string };
    expect(text).toMatch(new RegExp(`^# ${manifest.name}\n`));
    expect(text).toMatch(/You need (this|it) if/);
    expect(text).toMatch(new RegExp(`npm install (--save-dev )?${manifest.name}`));
    expect(text).toMatch(/^## .*(Guarantees|Limits|promises)/m);
    const runnable = whole.filter(({ document }) => document === `packages/${name}/README.md`);
    expect(runnable.length, 'runnable examples').toBeGreaterThan(0);
  });
});

/** The lines that tsc prints; none when all is well. */
function compile(project: string): string[] {
  try {
    execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', project], { cwd: root });
    return [];
  } catch (error) {
    return String((error as { stdout: Buffer }).stdout).split('\n');
  }
}
