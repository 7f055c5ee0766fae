/** A key, as bytes, and one of its revisions. */
export interface KeyAndRevision {
  readonly key: Uint8Array;
  readonly rev: number;
}

/**
 * Puts what is present and what was replaced together to the newest version of each key at `revision`. Both come in the
 * order of keys, at most `limit` of them; where one has as many, nothing is known behind its last key, so the merge ends
 * there and `next` is where the following one begins.
 */
export function mergeVersions(
  present: readonly KeyAndRevision[],
  replaced: readonly KeyAndRevision[],
  revision: number,
  limit: number,
): { readonly found: readonly KeyAndRevision[]; readonly next: Uint8Array | undefined } {
  const last = [present, replaced]
    .flatMap((page) => (page.length === limit ? [page.at(-1)!.key] : []))
    .sort(Buffer.compare)[0];
  const found: KeyAndRevision[] = [];
  for (let a = 0, b = 0; a < present.length || b < replaced.length; ) {
    const order = compare(present[a], replaced[b]);
    // The same key in both: what is present is newer, if it was there already.
    const one = order < 0 || (order === 0 && present[a]!.rev <= revision) ? present[a]! : replaced[b]!;
    if (last && Buffer.compare(one.key, last) > 0) break;
    if (one.rev <= revision) found.push(one);
    if (order <= 0) a++;
    if (order >= 0) b++;
  }
  return { found, next: last && Buffer.concat([last, behindKey]) };
}

/** The least that can follow a key. */
const behindKey = Uint8Array.of(0);

function compare(a: KeyAndRevision | undefined, b: KeyAndRevision | undefined): number {
  if (!a || !b) return a ? -1 : 1;
  return Buffer.compare(a.key, b.key);
}
