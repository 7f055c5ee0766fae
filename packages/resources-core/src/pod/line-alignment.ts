/** A run of lines: `before[from…to]` became `after[at…until]`, or stayed the same. */
export interface Edit {
  readonly same: boolean;
  readonly from: number;
  readonly to: number;
  readonly at: number;
  readonly until: number;
}

interface Block {
  readonly from: number;
  readonly at: number;
  readonly length: number;
}

/** Texts of this many lines and more are aligned without the lines that come again and again. */
const longText = 200;

/**
 * Both texts from their beginning to their end, as runs that are the same and runs that differ, in turn. Looks for the
 * longest run in common, then left and right of it, and so on: what Kubernetes' messages are made with, so that the same
 * lines count as changed.
 */
export function alignments(before: readonly string[], after: readonly string[]): readonly Edit[] {
  const edits: Edit[] = [];
  let [i, j] = [0, 0];
  const blocks = [...commonRuns(before, after), { from: before.length, at: after.length, length: 0 }];
  for (const { from, at, length } of blocks) {
    if (i < from || j < at) edits.push({ same: false, from: i, to: from, at: j, until: at });
    [i, j] = [from + length, at + length];
    if (length > 0) edits.push({ same: true, from, to: i, at, until: j });
  }
  return edits;
}

function commonRuns(before: readonly string[], after: readonly string[]): readonly Block[] {
  const places = placesOf(after);
  const found: Block[] = [];
  const search = (from: number, to: number, at: number, until: number): void => {
    const block = longestRun(before, after, places, { same: false, from, to, at, until });
    if (block.length === 0) return;
    search(from, block.from, at, block.at);
    const last = found.at(-1);
    if (last !== undefined && last.from + last.length === block.from && last.at + last.length === block.at) {
      found[found.length - 1] = { ...last, length: last.length + block.length };
    } else found.push(block);
    search(block.from + block.length, to, block.at + block.length, until);
  };
  search(0, before.length, 0, after.length);
  return found;
}

/** Where each line stands; a line on more than a hundredth of a long text's places says nothing about where we are. */
function placesOf(lines: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  for (const [index, line] of lines.entries()) {
    const known = places.get(line);
    if (known === undefined) places.set(line, [index]);
    else known.push(index);
  }
  if (lines.length >= longText) {
    const most = Math.floor(lines.length / 100) + 1;
    for (const [line, known] of places) if (known.length > most) places.delete(line);
  }
  return places;
}

/** The first of the longest runs, made longer on both sides by equal lines of any kind. */
function longestRun(
  before: readonly string[],
  after: readonly string[],
  places: ReadonlyMap<string, readonly number[]>,
  { from, to, at, until }: Edit,
): Block {
  let [bestFrom, bestAt, best] = [from, at, 0];
  let lengths = new Map<number, number>();
  for (let i = from; i < to; i++) {
    const next = new Map<number, number>();
    for (const j of places.get(before[i]!) ?? []) {
      if (j < at) continue;
      if (j >= until) break;
      const length = (lengths.get(j - 1) ?? 0) + 1;
      next.set(j, length);
      if (length > best) [bestFrom, bestAt, best] = [i - length + 1, j - length + 1, length];
    }
    lengths = next;
  }
  while (bestFrom > from && bestAt > at && before[bestFrom - 1] === after[bestAt - 1]) {
    bestFrom--;
    bestAt--;
    best++;
  }
  while (bestFrom + best < to && bestAt + best < until && before[bestFrom + best] === after[bestAt + best]) best++;
  return { from: bestFrom, at: bestAt, length: best };
}
