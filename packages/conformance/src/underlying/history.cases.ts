import {
  compareKeys,
  isCompacted,
  isFutureRevision,
  type KeyEvent,
  type KeyValue,
  type UnderlyingStorage,
} from '@orlop/storage-interface';
import fc from 'fast-check';
import { ConformanceFailure, equal, ok } from '../expect.ts';
import { keyOf, Model } from '../model.ts';
import { bytes, openWatch } from './handle.ts';
import type { UnderlyingCase, UnderlyingHarness } from './harness.ts';

/** Few keys, so that operations meet; neighbours of every kind, so that ranges are tried. */
const keys = ['/p/a', '/p/b', '/p/b/c', '/p', '/pa', '/q/a', '/p/\uffff', '/p/\u{1f600}', '/p/_', '/p/%'];
const prefixes = ['', '/p', '/p/', '/p/b', '/q/', '/none/', '/p/\uffff'];

/** An operation as plain data, so that a failing history can be read and shrunk. `back` counts revisions from the present. */
type Operation =
  | { readonly do: 'put' | 'delete'; readonly key: string; readonly expect: 'right' | 'stale' | 'zero' | 'future' }
  | { readonly do: 'get'; readonly key: string; readonly back: number }
  | {
      readonly do: 'list';
      readonly prefix: string;
      readonly back: number;
      readonly limit: number;
      readonly from: number;
    }
  | { readonly do: 'compact'; readonly back: number }
  | { readonly do: 'watch'; readonly prefix: string; readonly back: number }
  | { readonly do: 'reopen' };

const key = fc.constantFrom(...keys);
const prefix = fc.constantFrom(...prefixes);
const back = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: -2, max: 20 }));
const expectation = fc.oneof(
  { weight: 6, arbitrary: fc.constant('right' as const) },
  fc.constantFrom('stale' as const, 'zero' as const, 'future' as const),
);

const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ do: fc.constant('put' as const), key, expect: expectation }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('delete' as const), key, expect: expectation }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('get' as const), key, back }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('list' as const),
      prefix,
      back,
      limit: fc.integer({ min: 0, max: 4 }),
      from: fc.integer({ min: 0, max: keys.length }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('compact' as const), back }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('watch' as const), prefix, back }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reopen' as const) }) },
);

/** Histories nobody thought of, compared with the model step by step. A failure prints the shortest one and its seed. */
export const historyCases: readonly UnderlyingCase[] = [
  {
    id: 'history/random',
    title: 'random histories answer what the model answers, step by step, and watches deliver its events',
    contract: ['UV-1', 'UV-2', 'UR-1', 'UR-4', 'UL-1', 'UL-2', 'UL-3', 'UL-5', 'UW-3', 'UE-1', 'UE-3', 'UC-1', 'UC-5'],
    timeout: 120_000,
    async run(harness) {
      const { histories, operations, seed } = harness.effort;
      let run = 0;
      const property = fc.asyncProperty(
        fc.array(operation, { minLength: 1, maxLength: operations, size: 'max' }),
        async (list) => {
          // Every history has a space of its own in the one store, which is compacted to begin it.
          await replay(harness, list, `/${run++}`);
        },
      );
      const result = await fc.check(property, { numRuns: histories, ...(seed !== undefined && { seed }) });
      if (result.failed) {
        const { errorInstance } = result;
        const reason = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
        throw new ConformanceFailure(
          `${reason}\nseed ${result.seed}, shortest history:\n${JSON.stringify(result.counterexample?.[0], null, 1)}`,
          errorInstance instanceof ConformanceFailure ? errorInstance : {},
        );
      }
    },
  },
];

async function replay(harness: UnderlyingHarness, list: readonly Operation[], space: string): Promise<void> {
  let { backend } = harness;
  const begin = await backend.currentRevision();
  if (begin > (await backend.compactRevision())) await backend.compact(begin);
  const model = new Model(begin);
  model.compactRevision = begin;
  const { exactReads, durable } = harness.capabilities;
  let writes = 0;

  const expected = (operation: Operation & { do: 'put' | 'delete' }): number => {
    const current = model.get(space + operation.key) as KeyValue | undefined;
    const right = current?.modRevision ?? 0;
    return { right, stale: Math.max(0, right - 1), zero: 0, future: model.revision + 1 }[operation.expect];
  };

  for (const [step, op] of list.entries()) {
    const at = `step ${step} ${JSON.stringify(op)}`;
    switch (op.do) {
      case 'put':
      case 'delete': {
        const name = space + op.key;
        const revision = expected(op);
        const value = bytes(`v${writes++}`);
        const want = op.do === 'put' ? model.put(name, value, revision) : model.delete(name, revision);
        const got = op.do === 'put' ? await backend.put(name, value, revision) : await backend.delete(name, revision);
        equal(got, want.succeeded ? { succeeded: true, revision: want.revision } : want, at);
        break;
      }
      case 'get': {
        if (op.back !== 0 && !exactReads) break;
        const revision = model.revision - op.back;
        if (revision < 1) break;
        const want = model.get(space + op.key, revision);
        await compare(at, want, backend.get(space + op.key, op.back === 0 ? {} : { revision }), (got) => {
          equal(got, { kv: want, revision: model.revision }, at);
        });
        break;
      }
      case 'list': {
        if (op.back !== 0 && !exactReads) break;
        const revision = model.revision - op.back;
        if (revision < 1) break;
        const where = space + op.prefix;
        const from = space + (keys[op.from] ?? op.prefix);
        const start = from.startsWith(where) ? from : where;
        const all = model.list(where, revision);
        const options = { limit: op.limit, count: true, from: start, ...(op.back !== 0 && { revision }) };
        await compare(at, all, backend.list(where, options), (got) => {
          const rest = (all as readonly KeyValue[]).filter((kv) => compareKeys(kv.key, start) >= 0);
          const kvs = op.limit > 0 ? rest.slice(0, op.limit) : rest;
          equal(got, { kvs, more: rest.length > kvs.length, count: rest.length, revision: model.revision }, at);
        });
        break;
      }
      case 'compact': {
        const revision = model.revision - op.back;
        if (revision < 0) break;
        await compare(at, model.compact(revision), backend.compact(revision), () => {});
        equal(await backend.compactRevision(), model.compactRevision, at);
        break;
      }
      case 'watch': {
        const start = Math.max(1, model.revision - op.back);
        const where = space + op.prefix;
        const want = model.events(where, start);
        const watch = openWatch(backend, where, start);
        if (typeof want === 'string') await compare(at, want, watch.next(), () => {});
        else await compareEvents(backend, watch, model, want, at);
        await watch.return();
        break;
      }
      case 'reopen':
        if (durable) backend = await harness.reopen();
    }
    equal(await backend.currentRevision(), model.revision, `${at}: current revision`);
  }
}

/** Either both refuse alike, or `check` looks at the answer. */
async function compare<T>(at: string, want: unknown, work: Promise<T>, check: (got: T) => void): Promise<void> {
  let got: T;
  try {
    got = await work;
  } catch (error) {
    const alike = want === 'Compacted' ? isCompacted(error) : want === 'FutureRevision' && isFutureRevision(error);
    if (!alike) throw new ConformanceFailure(`${at}: threw ${String(error)}`, { actual: error, expected: want });
    return;
  }
  ok(want !== 'Compacted' && want !== 'FutureRevision', `${at}: must throw ${String(want)}`);
  check(got);
}

/** The watch's events, where what compaction took may lack `previous`. */
async function compareEvents(
  backend: UnderlyingStorage,
  watch: ReturnType<typeof openWatch>,
  model: Model,
  want: readonly KeyEvent[],
  at: string,
): Promise<void> {
  const got = await watch.events(want.length);
  const compactRevision = await backend.compactRevision();
  for (const [i, event] of want.entries()) {
    const actual = got[i]!;
    const gone = event.previous !== undefined && event.previous.modRevision < compactRevision && !actual.previous;
    const allowed = gone && revisionOf(event) <= compactRevision;
    equal(actual, allowed ? { ...event, previous: undefined } : event, `${at}: event ${i} of ${keyOf(event)}`);
  }
  equal(compactRevision, model.compactRevision, `${at}: compact revision`);
}

const revisionOf = (event: KeyEvent): number => (event.type === 'put' ? event.kv.modRevision : event.revision);
