import type { KeyEvent, KeyValue, Runtime, WriteResult } from '@orlop/storage-interface';
import { describe, expect, test } from 'vitest';
import { runKit } from '../src/run-case.ts';
import { underlyingKit } from '../src/underlying/index.ts';
import { ModelStorage } from './model-storage.ts';

/** The kit judges itself: something right passes, and each way of being wrong is caught by the cases named here. */

async function failures(make: (runtime: Runtime) => ModelStorage): Promise<readonly string[]> {
  // Wrong watches often show by waiting for ever: a short patience is enough for a store that never waits.
  const kit = underlyingKit({
    create: ({ runtime }) => make(runtime),
    effort: { histories: 25, operations: 30, seed: 1 },
  });
  const impatient = kit.cases.map((one) => ({ ...one, timeout: Math.min(one.timeout ?? 500, 5_000) }));
  const results = await runKit({ ...kit, cases: impatient });
  return results.filter((result) => result.outcome === 'failed').map((result) => result.id);
}

test('the model passes', { timeout: 120_000 }, async () => {
  const kit = underlyingKit({ create: ({ runtime }) => new ModelStorage(runtime) });
  const failed = (await runKit(kit)).filter((result) => result.outcome === 'failed');
  expect(failed).toEqual([]);
});

class LosesDeleteEvents extends ModelStorage {
  override events(prefix: string, start: number) {
    const events = super.events(prefix, start);
    return typeof events === 'string' ? events : events.filter((event) => event.type === 'put');
  }
}

class ReusesRevisions extends ModelStorage {
  override answer(result: Parameters<ModelStorage['answer']>[0]): WriteResult {
    const answer = super.answer(result);
    return answer.succeeded && answer.revision > 3 ? { succeeded: true, revision: answer.revision - 1 } : answer;
  }
}

class IgnoresExpectedRevision extends ModelStorage {
  override async put(key: string, value: Uint8Array, expected: number, options = {}): Promise<WriteResult> {
    const current = this.model.get(key) as KeyValue | undefined;
    return super.put(key, value, expected > 0 && current ? current.modRevision : expected, options);
  }
}

/** Every seventh get is answered by a follower that is one write behind, and says so. */
class ReadsFromTheFollower extends ModelStorage {
  #gets = 0;
  override async get(key: string, options = {}) {
    const now = await super.get(key, options);
    if (++this.#gets % 7 !== 0 || now.revision < 3) return now;
    const before = this.model.get(key, now.revision - 1);
    return { kv: typeof before === 'string' ? undefined : before, revision: now.revision - 1 };
  }
}

class OrdersByUtf16 extends ModelStorage {
  override sort(kvs: readonly KeyValue[]): readonly KeyValue[] {
    return [...kvs].sort((a, b) => (a.key < b.key ? -1 : 1));
  }
}

class DeletesWhatIsNotThere extends ModelStorage {
  override async delete(key: string, expected: number): Promise<WriteResult> {
    const result = await super.delete(key, expected);
    return !result.succeeded && !result.current ? { succeeded: true, revision: result.revision } : result;
  }
}

class DropsEveryTenthEvent extends ModelStorage {
  override events(prefix: string, start: number) {
    const events = super.events(prefix, start);
    return typeof events === 'string' ? events : events.filter((event: KeyEvent) => revisionOf(event) % 10 !== 0);
  }
}

class AlwaysSaysMoreAtTheLimit extends ModelStorage {
  override async list(prefix: string, options = {}) {
    const result = await super.list(prefix, options);
    const { limit } = options as { limit?: number };
    return { ...result, more: limit !== undefined && limit > 0 && result.kvs.length === limit };
  }
}

class TellsProgressTooEarly extends ModelStorage {
  override async requestProgress(): Promise<void> {
    await super.requestProgress();
    this.progress = 0;
  }
}

class ForgetsPrevious extends ModelStorage {
  override events(prefix: string, start: number) {
    const events = super.events(prefix, start);
    return typeof events === 'string' ? events : events.map((event) => ({ ...event, previous: undefined }) as KeyEvent);
  }
}

class ReadsCompactedHistory extends ModelStorage {
  override compacted(): void {
    this.model.compactRevision--;
  }
}

class RaisesOnLostCompare extends ModelStorage {
  #extra = 0;
  override async currentRevision(): Promise<number> {
    return (await super.currentRevision()) + this.#extra;
  }
  override answer(result: Parameters<ModelStorage['answer']>[0]): WriteResult {
    if (!result.succeeded) this.#extra++;
    return super.answer(result);
  }
}

const revisionOf = (event: KeyEvent): number => (event.type === 'put' ? event.kv.modRevision : event.revision);

/** Each mutant with cases that must be among those that catch it. */
const mutants: readonly (readonly [new (runtime: Runtime) => ModelStorage, readonly string[]])[] = [
  [LosesDeleteEvents, ['watch/live', 'watch/history-then-live', 'compact/watch-start', 'history/random']],
  [ReusesRevisions, ['write/revisions-are-dense', 'concurrency/dense-revisions']],
  [
    IgnoresExpectedRevision,
    ['write/stale-revision-loses', 'concurrency/one-winner', 'concurrency/linearizable-one-key', 'history/random'],
  ],
  [ReadsFromTheFollower, ['concurrency/linearizable-one-key', 'concurrency/linearizable-several-keys']],
  [OrdersByUtf16, ['list/utf8-order', 'history/random']],
  [DeletesWhatIsNotThere, ['write/delete-of-a-missing-key-loses', 'history/random']],
  [DropsEveryTenthEvent, ['watch/long-history', 'watch/independent']],
  [AlwaysSaysMoreAtTheLimit, ['list/pages']],
  [TellsProgressTooEarly, ['progress/idle', 'progress/after-events']],
  [ForgetsPrevious, ['watch/live', 'watch/second-life']],
  [ReadsCompactedHistory, ['compact/reads', 'compact/refusals']],
  [RaisesOnLostCompare, ['write/delete-of-a-missing-key-loses', 'history/random']],
];

describe('a broken store is caught', () => {
  for (const [Mutant, caughtBy] of mutants) {
    test(Mutant.name, { timeout: 120_000 }, async () => {
      expect(await failures((runtime) => new Mutant(runtime))).toEqual(expect.arrayContaining([...caughtBy]));
    });
  }
});
