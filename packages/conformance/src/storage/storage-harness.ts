import type { ListOptions, Storage, Stored, UnderlyingStorage, WatchListOptions } from '@orlop/storage-interface';
import { ConformanceFailure, ok } from '../expect.ts';
import { type RecordedList, type Recording, recordBackend } from './recorded-backend.ts';
import { keyOf, type Vessel, type VesselParts, vessel } from './vessel.ts';
import { WatchRecorder } from './watch-recorder.ts';

/** What cases may need beyond the contract of Storage itself. */
export type StorageCapability =
  /** Every read asks the store; a cache would answer some by itself. */
  | 'direct'
  /** Objects expire. */
  | 'ttl'
  /** The store tells its watches how far it is. */
  | 'progress';

export interface StorageUnderTest {
  readonly storage: Storage<Vessel>;
  /** Called when the case is over, before the backend is closed. */
  close?(): Promise<void>;
}

/** Where the store keeps its records; see `storePrefix` of the kit. */
const outside = '/elsewhere/clock';

interface Opening {
  readonly backend: UnderlyingStorage;
  readonly createStorage: (backend: UnderlyingStorage) => StorageUnderTest | Promise<StorageUnderTest>;
  readonly dispose: ((backend: UnderlyingStorage) => void | Promise<void>) | undefined;
  readonly storePrefix: string;
  readonly cached: boolean;
}

/** One storage with one object after the other, and the hooks that look behind it. */
export class StorageHarness {
  readonly storage: Storage<Vessel>;
  readonly backend: UnderlyingStorage;
  /** Answers may come from a cache that lags. */
  readonly cached: boolean;
  readonly #recording: Recording;
  readonly #opening: Opening;
  readonly #recorders: WatchRecorder[] = [];
  readonly #under: StorageUnderTest;
  #outsideRevision = 0;

  private constructor(recording: Recording, under: StorageUnderTest, opening: Opening) {
    this.#recording = recording;
    this.#under = under;
    this.#opening = opening;
    this.backend = recording.backend;
    this.storage = under.storage;
    this.cached = opening.cached;
  }

  static async open(options: Opening): Promise<StorageHarness> {
    const recording = recordBackend(options.backend);
    const under: unknown = await options.createStorage(recording.backend);
    if (isUnderTest(under)) return new StorageHarness(recording, under, options);
    await recording.backend.close();
    await options.dispose?.(options.backend);
    throw new ConformanceFailure('createStorage must answer { storage }, with the Storage to judge as a member');
  }

  async close(): Promise<void> {
    for (const recorder of this.#recorders) recorder.stop();
    await this.storage.close();
    await this.#under.close?.();
    await this.backend.close();
    await this.#opening.dispose?.(this.#opening.backend);
  }

  /** Stores a vessel. `place` is `namespace/name` or a name alone. */
  create(place: string, parts?: VesselParts): Promise<Stored<Vessel>> {
    return this.storage.create(keyOf(place), vessel(place, parts));
  }

  /** Replaces the vessel by one with these parts; its uid stays. */
  replace(place: string, parts: VesselParts): Promise<Stored<Vessel>> {
    return this.storage.guaranteedUpdate(keyOf(place), (current) => {
      const uid = current?.object.metadata.uid;
      return { object: vessel(place, uid === undefined ? parts : { uid, ...parts }) };
    });
  }

  async get(place: string, resourceVersion?: string): Promise<Stored<Vessel>> {
    const found = await this.storage.get(keyOf(place), resourceVersion === undefined ? {} : { resourceVersion });
    ok(found, `${place} is there`);
    return found;
  }

  /** Lists everything below `place` (a namespace with its slash, or ""). */
  list(place: string, options: Omit<ListOptions, 'recursive'> = {}) {
    return this.storage.getList(keyOf(place), { recursive: true, ...options });
  }

  /** Watches everything below `place`; stopped when the case is over. */
  watch(place: string, options: WatchListOptions = {}): WatchRecorder {
    const recorder = new WatchRecorder(this.storage.watch(keyOf(place), { recursive: true, ...options }));
    this.#recorders.push(recorder);
    return recorder;
  }

  /** The bytes as the store has them; undefined when there are none. */
  async raw(place: string): Promise<Uint8Array | undefined> {
    return (await this.backend.get(this.#full(place))).kv?.value;
  }

  /** Writes bytes past the storage. @returns the revision */
  async putRaw(place: string, value: Uint8Array): Promise<number> {
    const key = this.#full(place);
    const { kv } = await this.backend.get(key);
    const written = await this.backend.put(key, value, kv?.modRevision ?? 0);
    ok(written.succeeded, 'a raw write succeeds');
    return written.revision;
  }

  /** A write that has nothing to do with vessels. @returns the store's new revision */
  async increaseRevision(): Promise<number> {
    const key = this.#opening.storePrefix + outside;
    const written = await this.backend.put(key, new Uint8Array([0x7b, 0x7d]), this.#outsideRevision);
    ok(written.succeeded, 'the write outside of the resource succeeds');
    this.#outsideRevision = written.revision;
    return written.revision;
  }

  /** Forgets history below `revision`. Itself one write, so the store's revision rises by one. */
  async compact(revision: number): Promise<void> {
    await this.increaseRevision();
    await this.backend.compact(revision);
    ok((await this.storage.compactRevision()) === revision, 'the storage knows of the compaction');
  }

  /** How the backend was asked for lists since the last call. */
  takeLists(): readonly RecordedList[] {
    return this.#recording.takeLists();
  }

  /** Writes tried since the last call. */
  takeWrites(): number {
    return this.#recording.takeWrites();
  }

  /** Lets something happen before each such call reaches the backend, where a race would put it only now and then. */
  before(call: 'list' | 'delete', action: () => Promise<unknown>): void {
    this.#recording.before(call, action);
  }

  #full(place: string): string {
    return this.#opening.storePrefix + keyOf(place);
  }
}

/** Options of the kit come from programs that nobody may have type-checked. */
const isUnderTest = (value: unknown): value is StorageUnderTest =>
  typeof (value as Partial<StorageUnderTest> | undefined)?.storage?.getList === 'function';
