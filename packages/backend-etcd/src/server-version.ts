/** The oldest etcd this backend works with: it splits large watch answers from 3.4 on. */
const oldest = [3, 4, 0] as const;

/** First releases of each line in which a progress answer never overtakes events; later lines all have it. */
const reliableProgress = [
  [3, 4, 31],
  [3, 5, 13],
  [3, 6, 0],
] as const;

/**
 * First releases that keep a deletion at the revision of a compaction. Before, a watch from there missed it without a word
 * (etcd issue 18089).
 */
const keepsDeletion = [
  [3, 4, 34],
  [3, 5, 16],
  [3, 6, 0],
] as const;

type Version = readonly [number, number, number];

export const isSupported = (text: string): boolean => compare(parse(text), oldest) >= 0;

/** Whether progress can be asked for and its answer trusted. */
export const answersProgress = (text: string): boolean => isAmong(text, reliableProgress);

/** Whether a watch from the revision of a compaction gets the event of that revision when it was a deletion. */
export const keepsDeletionAtCompaction = (text: string): boolean => isAmong(text, keepsDeletion);

/** Whether a version is at or behind the first of its line, or of a later line than all. */
function isAmong(text: string, firsts: readonly Version[]): boolean {
  const version = parse(text);
  const line = firsts.find(([major, minor]) => major === version[0] && minor === version[1]);
  return compare(version, line ?? firsts.at(-1)!) >= 0;
}

function parse(text: string): Version {
  const [major = 0, minor = 0, patch = 0] = (/^\d+\.\d+\.\d+/.exec(text)?.[0] ?? '').split('.').map(Number);
  return [major, minor, patch];
}

function compare(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
