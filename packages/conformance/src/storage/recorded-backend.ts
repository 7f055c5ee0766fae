import type { UnderlyingStorage } from '@orlop/storage-interface';

/** One read of several keys, as the backend was asked for it. */
export interface RecordedList {
  readonly prefix: string;
  readonly from: string | undefined;
  /** 0: none */
  readonly limit: number;
  /** 0: the latest */
  readonly revision: number;
  /** How many keys came back. */
  readonly returned: number;
}

export interface Recording {
  readonly backend: UnderlyingStorage;
  /** The lists since the last call of `takeLists`. */
  takeLists(): readonly RecordedList[];
  /** How many puts and deletes were tried since the last call. */
  takeWrites(): number;
  /** Runs `action` before every such call from now on; calls of the action itself are free of it. */
  before(call: 'list' | 'delete', action: () => Promise<unknown>): void;
}

/** The same backend, with a note of what is asked of it. */
export function recordBackend(backend: UnderlyingStorage): Recording {
  let lists: RecordedList[] = [];
  let writes = 0;
  const actions = new Map<string, () => Promise<unknown>>();
  const prepare = async (call: 'list' | 'delete'): Promise<void> => {
    const action = actions.get(call);
    if (action === undefined) return;
    actions.delete(call);
    await action();
    actions.set(call, action);
  };
  const recorded: UnderlyingStorage = {
    capabilities: backend.capabilities,
    get: (key, options) => backend.get(key, options),
    async list(prefix, options = {}) {
      if (actions.size > 0) await prepare('list');
      const result = await backend.list(prefix, options);
      const { from, limit = 0, revision = 0 } = options;
      lists.push({ prefix, from, limit, revision, returned: result.kvs.length });
      return result;
    },
    count: (prefix) => backend.count(prefix),
    put(key, value, expectedRevision, options) {
      writes++;
      return backend.put(key, value, expectedRevision, options);
    },
    async delete(key, expectedRevision, options) {
      if (actions.size > 0) await prepare('delete');
      writes++;
      return backend.delete(key, expectedRevision, options);
    },
    watch: (prefix, options) => backend.watch(prefix, options),
    requestProgress: () => backend.requestProgress(),
    currentRevision: () => backend.currentRevision(),
    compact: (revision) => backend.compact(revision),
    compactRevision: () => backend.compactRevision(),
    health: (options) => backend.health(options),
    stats: () => backend.stats(),
    close: () => backend.close(),
  };
  return {
    backend: recorded,
    takeLists() {
      const taken = lists;
      lists = [];
      return taken;
    },
    takeWrites() {
      const taken = writes;
      writes = 0;
      return taken;
    },
    before(call, action) {
      actions.set(call, action);
    },
  };
}
