import { isCompacted, type Runtime, type UnderlyingStorage } from '@orlop/storage-interface';

/** Milliseconds, as Kubernetes' own server has it. */
export const usualCompactionInterval = 5 * 60_000;

/** Kubernetes' own key, outside of all objects: API servers of either kind over one store take turns. */
const clockKey = 'compact_rev_key';

/**
 * Forgets old history once an interval: each time up to the revision that was current at the time before, so that between
 * one and two intervals of history stay. The first time nothing is forgotten.
 *
 * Where several servers may share a store, one of them compacts in each interval: the one that writes the clock key first.
 * @returns stops it
 */
export function startCompactor(backend: UnderlyingStorage, interval: number, runtime: Runtime): () => void {
  let cancel = (): void => {};
  let stopped = false;
  let remembered = 0;
  let clock = 0;

  async function next(): Promise<void> {
    const turn = await takeTurn();
    const revision = remembered;
    remembered = turn.revision;
    if (turn.ours && revision > 0) await backend.compact(revision);
  }

  /** Whether this server is the one to compact now, and the store's revision. */
  async function takeTurn(): Promise<{ readonly ours: boolean; readonly revision: number }> {
    if (!backend.capabilities.shared) return { ours: true, revision: await backend.currentRevision() };
    const written = await backend.put(clockKey, digits(remembered), clock);
    clock = written.succeeded ? written.revision : (written.current?.modRevision ?? 0);
    return { ours: written.succeeded, revision: written.revision };
  }

  const schedule = (): void => {
    if (stopped) return;
    cancel = runtime.timers.after(interval, () => {
      next()
        .catch((error: unknown) => {
          // Someone compacted further by hand; that is what we wanted.
          if (!isCompacted(error) && !stopped) runtime.log.warn('compaction failed', { error: String(error) });
        })
        .finally(schedule);
    });
  };
  schedule();
  return () => {
    stopped = true;
    cancel();
  };
}

const digits = (revision: number): Uint8Array => new TextEncoder().encode(String(revision));
