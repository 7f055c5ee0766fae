import { alignments, type Edit } from './line-alignment.ts';

/** Lines around a change that are shown with it. */
const context = 3;

/** What differs between two texts, as `diff -u` shows it: `@@ -1,6 +1,6 @@`, ` same`, `-before`, `+after`, each line ended. */
export function unifiedDifference(before: string, after: string): string {
  const [a, b] = [before.split('\n'), after.split('\n')];
  return hunks(alignments(a, b))
    .map((edits) => {
      const [first, last] = [edits[0]!, edits.at(-1)!];
      const lines = edits.flatMap(({ same, from, to, at, until }) => {
        if (same) return a.slice(from, to).map((line) => ` ${line}\n`);
        return [...a.slice(from, to).map((line) => `-${line}\n`), ...b.slice(at, until).map((line) => `+${line}\n`)];
      });
      return `@@ -${range(first.from, last.to)} +${range(first.at, last.until)} @@\n${lines.join('')}`;
    })
    .join('');
}

/** Changes that are near to each other share a hunk. */
function hunks(edits: readonly Edit[]): readonly (readonly Edit[])[] {
  const found: Edit[][] = [];
  let hunk: Edit[] = [];
  for (const [index, edit] of edits.entries()) {
    const length = edit.to - edit.from;
    const last = index === edits.length - 1;
    if (!edit.same || (hunk.length > 0 && !last && length <= 2 * context)) {
      hunk.push(edit);
      continue;
    }
    if (hunk.length > 0) found.push([...hunk, shortened(edit, 0, Math.min(length, context))]);
    hunk = last ? [] : [shortened(edit, Math.max(0, length - context), length)];
  }
  if (hunk.some(({ same }) => !same)) found.push(hunk);
  return found;
}

function shortened({ from, at }: Edit, start: number, end: number): Edit {
  return { same: true, from: from + start, to: from + end, at: at + start, until: at + end };
}

function range(start: number, end: number): string {
  const length = end - start;
  if (length === 1) return `${start + 1}`;
  return `${length === 0 ? start : start + 1},${length}`;
}
