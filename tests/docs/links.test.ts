import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { findDocuments } from './find-examples.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const ours = 'https://github.com/orlop/orlop/blob/main/';

/** What a document links to, without anchors. */
function linksOf(document: string): string[] {
  const text = readFileSync(join(root, document), 'utf8').replace(/^```[\s\S]*?^```/gm, '');
  return [...text.matchAll(/\]\(([^)\s#]+)[^)]*\)/g)].map(([, link]) => link!);
}

test.each(findDocuments())('links of %s lead somewhere', (document) => {
  const links = linksOf(document);
  const paths = links.filter((link) => !/^https?:/.test(link)).map((link) => join(dirname(document), link));
  const addresses = links.filter((link) => link.startsWith(ours)).map((link) => link.slice(ours.length));
  expect([...paths, ...addresses].filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test('READMEs of packages link by address: npm shows them where nothing stands beside them', () => {
  const readmes = findDocuments().filter((document) => document.startsWith('packages/'));
  const relative = readmes.flatMap(linksOf).filter((link) => !/^https?:/.test(link));
  expect(relative).toEqual([]);
});
