import { encodeUtf8 } from '@orlop/apimachinery';
import { isClosed, isCompacted, type Runtime, systemRuntime, type UnderlyingStorage } from '@orlop/storage-interface';

export interface CompactorOptions {
  /** Milliseconds between compactions; history of one to two intervals stays. @default 300000, as Kubernetes' own server has it */
  readonly interval?: number;
  /** Timers and log. @default the system's; its timers do not keep a process alive */
  readonly runtime?: Pick<Runtime, 'timers' | 'log'>;
}

export interface Compactor {
  /** No further compaction begins. */
  stop(): void;
}

/** Kubernetes' own key, outside of all objects: API servers of either kind over one store take turns. */
export const compactorClockKey = 'compact_rev_key';

/** Milliseconds between compactions when nobody says otherwise. */
export const usualCompactionInterval = 5 * 60_000;

/**
 * Forgets old history once an interval: each time up to the revision that was current at the time before. The first time
 * nothing is forgotten. Where several processes may share a store, one of them compacts in each interval: the one that
 * writes the clock key first, which raises the store's revision by one. Ends by itself when the backend is closed.
 */
export function createCompactor(backend: UnderlyingStorage, options: CompactorOptions = {}): Compactor {
  const { interval = usualCompactionInterval, runtime = systemRuntime() } = options;
  let cancel = (): void => {};
  let stopped = false;
  /** The store's revision in the last round. */
  let seen = 0;
  /** Revision of the clock key's last write, as far as known here. */
  let clock = 0;

  /** Whether this process is the one to compact now, and the store's revision. */
  async function takeTurn(): Promise<{ readonly ours: boolean; readonly revision: number }> {
    if (!backend.capabilities.shared) return { ours: true, revision: await backend.currentRevision() };
    const written = await backend.put(compactorClockKey, encodeUtf8(String(seen)), clock);
    clock = written.succeeded ? written.revision : (written.current?.modRevision ?? 0);
    return { ours: written.succeeded, revision: written.revision };
  }

  async function round(): Promise<void> {
    const turn = await takeTurn();
    const due = seen;
    seen = turn.revision;
    if (!turn.ours || due === 0) return;
    await backend.compact(due).catch((error: unknown) => {
      // Somebody compacted further by hand; that is what we wanted.
      if (!isCompacted(error)) throw error;
    });
  }

  const schedule = (): void => {
    if (stopped) return;
    cancel = runtime.timers.after(interval, () => {
      round().then(schedule, (error: unknown) => {
        if (stopped || isClosed(error)) return;
        runtime.log.warn('compaction failed', { error: String(error) });
        schedule();
      });
    });
  };
  schedule();
  return {
    stop() {
      stopped = true;
      cancel();
    },
  };
}
