import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A code fence of a document that speaks TypeScript. */
export interface Example {
  /** Path from the root of the repository. */
  readonly document: string;
  /** Line of the first line of code, counted from 1. */
  readonly line: number;
  readonly code: string;
  /** `ts` is a program, `ts test` a test file of vitest, `ts fragment` neither: a compiler reads it, nobody runs it. */
  readonly kind: 'program' | 'test' | 'fragment';
  /** What it prints, from a `text` fence right behind it. */
  readonly output: string | undefined;
}

const kinds: Readonly<Record<string, Example['kind']>> = {
  ts: 'program',
  'ts test': 'test',
  'ts fragment': 'fragment',
};

/** Every document whose examples count: those of the root, of each package, of docs/ and of examples/. */
export function findDocuments(): readonly string[] {
  const names = (folder: string, recursive: boolean): string[] =>
    readdirSync(join(root, folder), { recursive, encoding: 'utf8' }).map((name) => join(folder, name));
  const packages = names('packages', false).map((folder) => join(folder, 'README.md'));
  const found = [...names('', false), ...packages, ...names('docs', true), ...names('examples', true)];
  return found.filter((path) => path.endsWith('.md') && !path.includes('node_modules') && existsSync(join(root, path)));
}

/**
 * The examples of one document.
 * @throws Error for a fence of JavaScript under another name, which would go untested
 */
export function findExamples(document: string): readonly Example[] {
  const text = readFileSync(join(root, document), 'utf8');
  const fences = [...text.matchAll(/^```([^\n`]*)\n([\s\S]*?)^```$/gm)];
  return fences.flatMap((fence, i): Example[] => {
    const [info, code] = [fence[1]!.trim(), fence[2]!];
    const line = text.slice(0, fence.index).split('\n').length + 1;
    if (/^(typescript|tsx|[cm]?js|javascript|[cm]ts)\b/.test(info)) {
      throw new Error(`${document}:${line - 1}: write \`\`\`ts, \`\`\`ts test or \`\`\`ts fragment, not \`\`\`${info}`);
    }
    const kind = kinds[info];
    if (kind === undefined) return [];
    const next = fences[i + 1];
    const between = next && text.slice(fence.index + fence[0].length, next.index);
    const output = next?.[1] === 'text' && between?.trim() === '' ? next[2] : undefined;
    return [{ document, line, code, kind, output }];
  });
}
