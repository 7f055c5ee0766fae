import type { UnderlyingStorage } from '@orlop/storage-interface';
import { expect, test } from 'vitest';
import { manualRuntime } from '../src/index.ts';
import { runCase } from '../src/run-case.ts';
import { storageKit } from '../src/storage/index.ts';
import { type UnderlyingKitOptions, underlyingKit } from '../src/underlying/index.ts';
import { ModelStorage } from './model-storage.ts';

/** What a failure says to somebody who knows the contract and not the kit. */

async function textOf(id: string, options: UnderlyingKitOptions): Promise<string> {
  const kit = underlyingKit(options);
  const one = kit.cases.find((other) => other.id === id)!;
  const result = await runCase(kit, { ...one, timeout: 300 });
  return result.outcome === 'failed' ? String(result.error) : result.outcome;
}

class TellsNothing extends ModelStorage {
  override events(): ReturnType<ModelStorage['events']> {
    return [];
  }
}

class NeverAnswersPuts extends ModelStorage {
  override put(): Promise<never> {
    return new Promise(() => {});
  }
}

test('a case that waits in vain says for which call', async () => {
  expect(await textOf('watch/live', { create: ({ runtime }) => new TellsNothing(runtime) })).toBe(
    'ConformanceFailure: not done after 300 ms; not answered: batch 1 of watch("/p/", {"startRevision":0})',
  );
  expect(await textOf('write/delete', { create: ({ runtime }) => new NeverAnswersPuts(runtime) })).toBe(
    String.raw`ConformanceFailure: not done after 300 ms; not answered: put("/a", "bytes \"1\"", 0, {})`,
  );
});

test('a backend that declares durable and cannot be reopened is told which option is missing', async () => {
  class Durable extends ModelStorage {
    override readonly capabilities = {
      ...new ModelStorage(manualRuntime()).capabilities,
      name: 'model',
      durable: true,
    };
  }
  expect(await textOf('lifecycle/reopen', { create: ({ runtime }) => new Durable(runtime) })).toBe(
    'ConformanceFailure: model declares durable, so the kit needs the option reopen',
  );
});

test('the options are handed the backends that they made', async () => {
  const made = new Set<UnderlyingStorage>();
  const disposed: boolean[] = [];
  const create: UnderlyingKitOptions['create'] = ({ runtime }) => {
    const backend = new ModelStorage(runtime);
    made.add(backend);
    return backend;
  };
  await textOf('write/delete', { create, dispose: (backend) => void disposed.push(made.has(backend)) });
  expect(disposed).toEqual([true]);
});

test('a storage that is not where the kit looks for it is asked for in words', async () => {
  const backend = new ModelStorage(manualRuntime());
  const disposed: UnderlyingStorage[] = [];
  const kit = storageKit({
    name: 'wrong',
    createBackend: () => backend,
    createStorage: () => ({}) as never,
    dispose: (closed) => void disposed.push(closed),
  });
  const result = await runCase(kit, kit.cases[0]!);
  expect(String(result.outcome === 'failed' && result.error)).toBe(
    'ConformanceFailure: createStorage must answer { storage }, with the Storage to judge as a member',
  );
  expect(disposed).toEqual([backend]);
});

test('a timer that is due when it is set fires although time stands still, once', async () => {
  const runtime = manualRuntime(0);
  const fired: string[] = [];
  runtime.timers.after(0, () => fired.push('now'));
  runtime.timers.after(-5, () => fired.push('overdue'));
  runtime.timers.after(0, () => fired.push('cancelled'))();
  runtime.timers.after(1, () => fired.push('later'));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(fired).toEqual(['now', 'overdue']);
  await runtime.advance(1);
  expect(fired).toEqual(['now', 'overdue', 'later']);
});
