import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import {
  UnderlyingStorageError,
  type UnderlyingStorageErrorCode,
  unavailable,
} from '@orlop/storage-interface/underlying';
import type { Batch, Losses } from './batch.ts';
import { Committer, type CompactAnswer } from './committer.ts';
import { type Database, type DriverName, loadDriver } from './driver.ts';
import { openStore, type StoreSettings, type StoreState } from './schema.ts';
import { type PlainError, translateError } from './translate-error.ts';

/** The one who changes the database, wherever it runs. Calls are done one after the other, in the order they were made. */
export interface Writer {
  readonly state: StoreState;
  /** Results are in the batch when this resolves. */
  commit(batch: Batch): Promise<Losses>;
  compact(revision: number): Promise<CompactAnswer>;
  /** One step; true when nothing is left to do. */
  sweep(): Promise<boolean>;
  checkpoint(): Promise<void>;
  close(): Promise<void>;
  /** Called at most once, when the writer broke and nothing can be written any more. */
  onFailure(listener: (error: UnderlyingStorageError) => void): void;
}

export interface WriterOptions {
  readonly driver: DriverName;
  readonly path: string;
  readonly settings: StoreSettings;
}

/** Writes in place. For `:memory:`, where there is no disk to wait for and only one connection can see the data. */
export async function openInlineWriter(options: WriterOptions): Promise<Writer & { readonly database: Database }> {
  const open = await loadDriver(options.driver);
  let committer: Committer;
  let database: Database;
  let state: StoreState;
  try {
    database = open(options.path);
    state = openStore(database, options.settings);
    committer = new Committer(database, state);
  } catch (error) {
    throw translateError(error, 'open');
  }
  const attempt = async <T>(work: () => T): Promise<T> => {
    try {
      return work();
    } catch (error) {
      throw translateError(error, committer.phase);
    }
  };
  return {
    state,
    database,
    commit: (batch) => attempt(() => committer.commit(batch)),
    compact: (revision) => attempt(() => committer.compact(revision)),
    sweep: () => attempt(() => committer.sweep()),
    checkpoint: () => attempt(() => committer.checkpoint()),
    close: () => attempt(() => committer.close()),
    onFailure() {},
  };
}

/** What goes to the worker and what comes back. */
export type WriterRequest =
  | { readonly id: number; readonly do: 'commit'; readonly batch: Batch }
  | { readonly id: number; readonly do: 'compact'; readonly revision: number }
  | { readonly id: number; readonly do: 'sweep' }
  | { readonly id: number; readonly do: 'checkpoint' }
  | { readonly id: number; readonly do: 'close' };

export type WriterAnswer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: PlainError };

type Call = WriterRequest extends infer R ? (R extends WriterRequest ? Omit<R, 'id'> : never) : never;

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: UnderlyingStorageError) => void;
}

/** Writes in a thread of its own, so that waiting for the disk holds nothing up. */
export async function openWorkerWriter(options: WriterOptions): Promise<Writer> {
  const worker = new Worker(workerFile(), { workerData: options, name: 'orlop-sqlite' });
  const pending = new Map<number, Pending>();
  let nextId = 1;
  let failure: UnderlyingStorageError | undefined;
  let closing = false;
  let tell: ((error: UnderlyingStorageError) => void) | undefined;

  const fail = (cause: unknown): void => {
    if (failure || closing) return;
    failure = unavailable('the thread that writes the database has ended', cause);
    for (const { reject } of pending.values()) reject(failure);
    pending.clear();
    tell?.(failure);
  };
  worker.on('error', fail);
  worker.on('exit', (code) => fail(new Error(`exit code ${code}`)));
  worker.on('message', (answer: WriterAnswer) => {
    const call = pending.get(answer.id);
    pending.delete(answer.id);
    // Only an open call keeps the process alive.
    if (pending.size === 0) worker.unref();
    if ('error' in answer) call?.reject(fromPlain(answer.error));
    else call?.resolve(answer.value);
  });

  const opened = new Promise<unknown>((resolve, reject) => pending.set(0, { resolve, reject }));
  const ask = <T>(call: Call): Promise<T> => {
    if (failure) return Promise.reject(failure);
    const id = nextId++;
    if (pending.size === 0) worker.ref();
    return new Promise<T>((resolve, reject) => {
      pending.set(id, { resolve: resolve as (value: unknown) => void, reject });
      worker.postMessage({ ...call, id });
    });
  };
  try {
    const state = (await opened) as StoreState;
    return {
      state,
      commit: (batch) => ask({ do: 'commit', batch }),
      compact: (revision) => ask({ do: 'compact', revision }),
      sweep: () => ask({ do: 'sweep' }),
      checkpoint: () => ask({ do: 'checkpoint' }),
      async close() {
        if (!failure) await ask({ do: 'close' });
        closing = true;
        await worker.terminate();
      },
      onFailure(listener) {
        tell = listener;
        if (failure) listener(failure);
      },
    };
  } catch (error) {
    closing = true;
    await worker.terminate();
    throw error;
  }
}

/** Beside this file: worker.js when built, worker.ts when run from source. */
function workerFile(): URL {
  const url = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);
  if (!existsSync(fileURLToPath(url)))
    throw unavailable(`${url} is missing; a bundler must keep it as a file of its own`);
  return url;
}

function fromPlain({ message, code, phase }: PlainError): UnderlyingStorageError {
  // Codes of the contract have no prefix; they were made in the worker and keep their text.
  if (code !== undefined && !code.startsWith('SQLITE_')) {
    return new UnderlyingStorageError(code as UnderlyingStorageErrorCode, message);
  }
  return translateError(Object.assign(new Error(message), { code }), phase);
}
