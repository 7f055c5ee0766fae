import {
  type AbortSignalLike,
  compacted,
  isClosed,
  type KeyEvent,
  PulledWatch,
  type Runtime,
  unavailable,
  type WatchBatch,
} from '@orlop/storage-interface/underlying';
import { BatchQueue } from './batch-queue.ts';
import type { Client } from './client.ts';
import type { Stream, StreamListener } from './connection.ts';
import type { CallFailure } from './failure.ts';
import {
  type Keys,
  prefixRange,
  readWatch,
  type WatchAnswer,
  watchCreateRequest,
  watchProgressRequest,
} from './messages.ts';
import { translateError } from './translate-error.ts';

/** What a watch asks of its store. */
export interface WatchSource {
  readonly client: Client;
  readonly keys: Keys;
  readonly log: Runtime['log'];
  /** Progress can be asked for and trusted. */
  readonly progress: boolean;
  /** Where history begins, when this etcd may have lost the event there; else undefined, and not asked for. */
  suspectRevision(): Promise<number | undefined>;
  /** Open watches; a watch puts itself in and takes itself out. */
  readonly watches: Set<WatchStream>;
}

export interface WatchStreamOptions {
  /** A watch from now on learns its start a moment later; writes of this backend wait for that. */
  readonly start: number | Promise<number>;
  readonly progress: boolean;
  readonly signal: AbortSignalLike | undefined;
}

const path = '/etcdserverpb.Watch/Watch';

const longestPause = 1_000;
/** etcd answers a progress request only when it has a moment in which the watch lacks nothing: asked again until then. */
const askAgain = 100;
const longestAskAgain = 1_000;
/** Milliseconds in which etcd surely looks after watches that lack something: it does so every 100. */
const lookedAfter = 300;
/** Milliseconds for which a compaction waits for a watch. */
const longestAhead = 1_000;

/**
 * One watch on a stream of its own, so that its progress, its pace and its end are its own. `#next` is the revision before
 * which everything has been received; after a break the stream begins there again.
 */
export class WatchStream {
  /** What the consumer of the watch holds. */
  readonly batches: PulledWatch;
  readonly #source: WatchSource;
  readonly #prefix: string;
  readonly #wantsProgress: boolean;
  #start = 0;
  #next = 0;
  #stream: Stream | undefined;
  /** etcd has taken the watch. */
  #created = false;
  /** An etcd that answers no progress requests tells this watch of changes as they happen. */
  #inStep: boolean | NodeJS.Timeout = false;
  #failures = 0;
  #retry: NodeJS.Timeout | undefined;
  /** Events of a revision that may go on in the next part of an answer. */
  #tail: KeyEvent[] = [];
  /** While it is full the stream is paused, and etcd has to wait. */
  readonly #queue: BatchQueue;
  /** Progress up to this revision was asked for; 0: none. */
  #wanted = 0;
  /** The question for progress, repeated until it is answered. */
  #asking: { wait: number; timer: NodeJS.Timeout } | undefined;
  readonly #compactions = new Set<{ readonly revision: number; readonly go: () => void }>();

  constructor(source: WatchSource, prefix: string, options: WatchStreamOptions) {
    this.#source = source;
    this.#prefix = prefix;
    this.#wantsProgress = options.progress;
    this.#queue = new BatchQueue((full) => {
      if (full) this.#stream?.pause();
      else this.#stream?.resume();
    });
    this.batches = new PulledWatch(
      () => this.#queue.take(),
      (error) => this.#over(error),
    );
    source.watches.add(this);
    const { signal, start } = options;
    this.batches.endWith(signal);
    if (this.batches.over) return;
    if (typeof start === 'number') this.#begin(start);
    else {
      start.then(
        (revision) => this.#begin(revision),
        (error) => this.batches.end(error),
      );
    }
  }

  /** Makes a progress batch of at least `revision` come, after everything up to it. */
  requestProgress(revision: number): void {
    if (!this.#wantsProgress || this.batches.over) return;
    // A watch that does not know its start yet begins behind every revision of now.
    if (this.#next === 0 || revision < this.#start - 1) return;
    if (revision < this.#next) {
      this.#deliver({ type: 'progress', revision: this.#next - 1 }, 0);
      return;
    }
    this.#wanted = revision;
    this.#stopAsking();
    this.#ask(askAgain);
  }

  /**
   * Resolves when etcd does not need the history up to `revision` for this watch, or when it is not worth waiting: the
   * consumer does not keep up, or a second is over.
   */
  ahead(revision: number): Promise<void> {
    if (this.#isAhead(revision)) return Promise.resolve();
    return new Promise((resolve) => {
      const late = setTimeout(() => compaction.go(), longestAhead);
      const compaction = {
        revision,
        go: (): void => {
          clearTimeout(late);
          this.#compactions.delete(compaction);
          resolve();
        },
      };
      this.#compactions.add(compaction);
      if (this.#source.progress && !this.#asking) this.#ask(askAgain);
    });
  }

  #over(error: unknown): void {
    this.#source.watches.delete(this);
    this.#disconnect();
    clearTimeout(this.#retry);
    this.#stopAsking();
    // A consumer that has left wants nothing more; any other gets what has come before the error.
    if (error === undefined) this.#queue.clear();
    this.#letCompact();
  }

  #begin(start: number): void {
    this.#start = start;
    this.#next = start;
    this.#connect();
  }

  #connect(): void {
    this.#retry = undefined;
    if (this.batches.over) return;
    const { keys, progress } = this.#source;
    let mine: Stream | undefined;
    const listener = {
      message: (message: Buffer) => this.#received(message),
      ended: (failure: CallFailure) => {
        if (this.#stream === mine) this.#broken(failure);
      },
    };
    this.#open(listener).then(
      (stream) => {
        if (this.batches.over) {
          stream?.close();
          return;
        }
        if (!stream) return;
        mine = stream;
        this.#stream = stream;
        const range = prefixRange(keys, this.#prefix, this.#prefix);
        stream.send(watchCreateRequest({ ...range, startRevision: this.#next, progressNotify: progress }));
        if (this.#queue.full) stream.pause();
      },
      (error) => {
        // A client that several backends share may be closed under them.
        if (isClosed(error)) this.batches.end(error);
        else this.#broken(error);
      },
    );
  }

  async #open(listener: StreamListener): Promise<Stream | undefined> {
    const suspect = await this.#source.suspectRevision();
    if (suspect === this.#next) this.batches.end(compacted(this.#next, suspect));
    return this.batches.over ? undefined : this.#source.client.stream(path, listener);
  }

  #disconnect(): void {
    this.#stream?.close();
    this.#stream = undefined;
    this.#created = false;
    if (typeof this.#inStep === 'object') clearTimeout(this.#inStep);
    this.#inStep = false;
    this.#tail = [];
  }

  /** Begins again where everything before has been received, after a while that grows. */
  #broken(reason: CallFailure | Error): void {
    this.#disconnect();
    if (this.batches.over) return;
    const wait = this.#failures === 0 ? 0 : Math.min(longestPause, 25 * 2 ** this.#failures);
    this.#failures++;
    const { log } = this.#source;
    log.warn('a watch lost its stream and begins again', {
      prefix: this.#prefix,
      revision: this.#next,
      because: reason.message,
    });
    this.#retry = setTimeout(() => this.#connect(), wait);
  }

  #received(message: Buffer): void {
    let answer: WatchAnswer;
    try {
      answer = readWatch(message, this.#source.keys);
    } catch (error) {
      this.batches.end(translateError(error, 'read'));
      return;
    }
    if (answer.canceled) this.#canceled(answer);
    else if (answer.created) {
      this.#taken(answer.revision);
    } else if (answer.events.length > 0 || this.#tail.length > 0) this.#take(answer);
    else if (!answer.fragment) this.#progressed(answer.revision);
  }

  /** etcd has the watch. One that begins behind the present of then lacks nothing. */
  #taken(revision: number): void {
    this.#created = true;
    this.#failures = 0;
    if (this.#asking) this.#ask(this.#asking.wait);
    if (this.#source.progress) return;
    const inStep = (): void => {
      this.#inStep = true;
      this.#letCompact();
    };
    if (revision < this.#next) inStep();
    else this.#inStep = setTimeout(inStep, lookedAfter);
  }

  #canceled({ compactRevision, cancelReason }: WatchAnswer): void {
    if (compactRevision > 0) this.batches.end(compacted(this.#next, compactRevision));
    else if (/permission denied|user name is empty/.test(cancelReason)) {
      this.batches.end(unavailable(`etcd refused the watch: ${cancelReason}`));
    } else {
      if (/auth token|auth store/.test(cancelReason)) this.#source.client.renewToken();
      this.#broken(new Error(`etcd ended the watch: ${cancelReason || 'no reason given'}`));
    }
  }

  /** Events come in the order of revisions; those of one may be spread over the parts of an answer, never over answers. */
  #take({ events, fragment, size }: WatchAnswer): void {
    const share = Math.ceil(size / Math.max(1, events.length));
    for (const event of events) {
      const revision = revisionOf(event);
      if (this.#tail.length > 0 && revisionOf(this.#tail[0]!) !== revision) this.#complete(share);
      // What came before a break does not come again.
      if (revision >= this.#next) this.#tail.push(event);
    }
    if (!fragment && this.#tail.length > 0) this.#complete(share);
    if (this.#compactions.size > 0) this.#letCompact();
  }

  #complete(bytesPerEvent: number): void {
    const events = this.#tail;
    this.#tail = [];
    const revision = revisionOf(events[0]!);
    this.#next = revision + 1;
    this.#deliver({ type: 'events', revision, events }, bytesPerEvent * events.length);
  }

  #progressed(revision: number): void {
    // A member may lag behind the one this watch was at before.
    const isNews = revision >= this.#next - 1;
    if (isNews) this.#next = revision + 1;
    if (revision >= this.#wanted) this.#wanted = 0;
    // Whatever it tells, the answer shows that the watch lacks nothing at this member, so no compaction stops it.
    for (const { go } of this.#compactions) go();
    if (this.#wanted === 0) this.#stopAsking();
    if (isNews && this.#wantsProgress && revision >= this.#start - 1) this.#deliver({ type: 'progress', revision }, 0);
  }

  #deliver(batch: WatchBatch, size: number): void {
    this.#queue.push(batch, size);
    this.batches.wake();
  }

  #ask(wait: number): void {
    clearTimeout(this.#asking?.timer);
    if (this.#created) this.#stream?.send(watchProgressRequest());
    const timer = setTimeout(() => this.#ask(Math.min(longestAskAgain, wait * 2)), wait);
    this.#asking = { wait, timer };
  }

  #stopAsking(): void {
    clearTimeout(this.#asking?.timer);
    this.#asking = undefined;
  }

  #isAhead(revision: number): boolean {
    return this.batches.over || this.#queue.full || this.#next > revision || this.#inStep === true;
  }

  #letCompact(): void {
    for (const { revision, go } of this.#compactions) if (this.#isAhead(revision)) go();
  }
}

const revisionOf = (event: KeyEvent): number => (event.type === 'put' ? event.kv.modRevision : event.revision);
