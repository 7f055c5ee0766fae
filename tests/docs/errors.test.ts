import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const source = (path: string): string => readFileSync(`${root}packages/${path}`, 'utf8');

/** Members of a union of texts, from what follows its name. */
function union(text: string, name: RegExp): string[] {
  const declared = new RegExp(`${name.source}\\s*((?:\\s*(?://.*|/\\*\\*.*?\\*/)?\\s*\\|?\\s*'[^']+')+);`, 's').exec(
    text,
  );
  return [...(declared?.[1] ?? '').replace(/\/\*\*.*?\*\//gs, '').matchAll(/'([^']+)'/g)].map(([, code]) => code!);
}

/** Each family: where its codes are declared. */
const families: Readonly<Record<string, readonly string[]>> = {
  UnderlyingStorageError: union(
    source('storage-interface/src/underlying-errors.ts'),
    /type UnderlyingStorageErrorCode =/,
  ),
  StorageError: union(source('storage-interface/src/storage-errors.ts'), /type StorageErrorCode =/),
  ApiError: union(source('apimachinery/src/status.ts'), /type StatusReason =/),
  StorageUrlError: union(source('orlop/src/open-backend.ts'), /readonly code:/),
  CopyError: union(source('orlop/src/copy-store.ts'), /readonly code:/),
};

const page = readFileSync(`${root}docs/errors.md`, 'utf8');
const chapters = new Map(
  page
    .split(/^## /m)
    .slice(1)
    .map((chapter) => [chapter.split('\n', 1)[0]!, chapter] as const),
);

test('every family has a chapter, and no chapter is without one', () => {
  expect([...chapters.keys()]).toEqual(Object.keys(families));
});

describe.each(Object.entries(families))('%s', (family, codes) => {
  const sections = (chapters.get(family) ?? '').split(/^### /m).slice(1);

  test('has a heading for each code of the type, and for nothing else', () => {
    expect(codes.length).toBeGreaterThan(2);
    expect(sections.map((section) => section.split('\n', 1)[0]).sort()).toEqual([...codes].sort());
  });

  test('says something about each', () => {
    const empty = sections.filter((section) => section.split('\n').slice(1).join(' ').trim().length < 20);
    expect(empty).toEqual([]);
  });
});

test('links inside the page lead to headings, also where two families have the same word', () => {
  const seen = new Map<string, number>();
  const anchors = [...page.matchAll(/^#+ (.*)$/gm)].map(([, title]) => {
    const plain = title!.toLowerCase().replaceAll(' ', '-');
    const before = seen.get(plain) ?? 0;
    seen.set(plain, before + 1);
    return before === 0 ? plain : `${plain}-${before}`;
  });
  const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor!);
  expect(links.filter((link) => !anchors.includes(link))).toEqual([]);
});
