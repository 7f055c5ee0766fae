/** Lines around a change that are shown with it. */
const context = 3;

interface Line {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

/** What differs between two texts, as `diff -u` shows it: `@@ -1,6 +1,6 @@`, ` same`, `-before`, `+after`, each line ended. */
export function unifiedDifference(before: string, after: string): string {
  const lines = aligned(before.split('\n'), after.split('\n'));
  const hunks: string[] = [];
  let from = 0;
  while (true) {
    const first = lines.findIndex(({ sign }, index) => index >= from && sign !== ' ');
    if (first < 0) return hunks.join('');
    const start = Math.max(from, first - context);
    const end = hunkEnd(lines, first);
    hunks.push(hunk(lines, start, end));
    from = end;
  }
}

/** Changes that are near to each other share a hunk. */
function hunkEnd(lines: readonly Line[], first: number): number {
  let last = first;
  for (let index = first; index < lines.length && index - last <= 2 * context + 1; index++) {
    if (lines[index]!.sign !== ' ') last = index;
  }
  return Math.min(lines.length, last + 1 + context);
}

function hunk(lines: readonly Line[], start: number, end: number): string {
  const shown = lines.slice(start, end);
  const range = (other: Line['sign']) => {
    const count = (part: readonly Line[]) => part.filter(({ sign }) => sign !== other).length;
    const [skipped, length] = [count(lines.slice(0, start)), count(shown)];
    if (length === 1) return `${skipped + 1}`;
    return `${length === 0 ? skipped : skipped + 1},${length}`;
  };
  return `@@ -${range('+')} +${range('-')} @@\n${shown.map(({ sign, text }) => `${sign}${text}\n`).join('')}`;
}

/** Both texts as one list of lines, by their longest common subsequence. */
function aligned(before: readonly string[], after: readonly string[]): readonly Line[] {
  // common[i][j]: how many lines before[i…] and after[j…] have in common.
  const common = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1));
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      common[i]![j] =
        before[i] === after[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
    }
  }
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      lines.push({ sign: ' ', text: before[i++]! });
      j++;
    } else if (i < before.length && (j === after.length || common[i + 1]![j]! >= common[i]![j + 1]!)) {
      lines.push({ sign: '-', text: before[i++]! });
    } else lines.push({ sign: '+', text: after[j++]! });
  }
  return lines;
}
