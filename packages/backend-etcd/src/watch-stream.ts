import {
  type AbortSignalLike,
  compacted,
  isClosed,
  type KeyEvent,
  type Runtime,
  unavailable,
  type WatchBatch,
} from '@orlop/storage-interface/underlying';
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

interface Waiting {
  resolve(result: IteratorResult<WatchBatch, undefined>): void;
  reject(error: unknown): void;
}

const done: IteratorReturnResult<undefined> = { done: true, value: undefined };
const path = '/etcdserverpb.Watch/Watch';

/** Bytes and batches kept for the consumer; beyond, the stream is paused and etcd has to wait. */
const mostBytes = 2 ** 21;
const mostBatches = 2_000;

const longestPause = 1_000;
/** etcd answers a progress request only when it has a moment in which the watch lacks nothing: asked again until then. */
const askAgain = 100;
const longestAskAgain = 1_000;

/**
 * One watch on a stream of its own, so that its progress, its pace and its end are its own. `#next` is the revision before
 * which everything has been received; after a break the stream begins there again.
 */
export class WatchStream implements AsyncIterableIterator<WatchBatch, undefined> {
  readonly #source: WatchSource;
  readonly #prefix: string;
  readonly #wantsProgress: boolean;
  #start = 0;
  #next = 0;
  #stream: Stream | undefined;
  /** etcd has taken the watch. */
  #created = false;
  #paused = false;
  #failures = 0;
  #retry: NodeJS.Timeout | undefined;
  /** Events of a revision that may go on in the next part of an answer. */
  #tail: KeyEvent[] = [];
  #buffer: { readonly batch: WatchBatch; readonly size: number }[] = [];
  #bufferedBytes = 0;
  #asked: { revision: number; wait: number; timer: NodeJS.Timeout | undefined } | undefined;
  #waiting: Waiting[] = [];
  /** Set when the watch is over: the error that ends it, or undefined when its consumer did. */
  #end: { readonly error: unknown } | undefined;
  #unlisten = (): void => {};

  constructor(source: WatchSource, prefix: string, options: WatchStreamOptions) {
    this.#source = source;
    this.#prefix = prefix;
    this.#wantsProgress = options.progress;
    source.watches.add(this);
    const { signal, start } = options;
    if (signal?.aborted) {
      this.end(undefined);
      return;
    }
    if (signal) {
      const stop = (): void => this.end(undefined);
      signal.addEventListener('abort', stop, { once: true });
      this.#unlisten = () => signal.removeEventListener('abort', stop);
    }
    if (typeof start === 'number') this.#begin(start);
    else {
      start.then(
        (revision) => this.#begin(revision),
        (error) => this.end(error),
      );
    }
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<WatchBatch, undefined>> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#answer();
    });
  }

  return(): Promise<IteratorReturnResult<undefined>> {
    this.end(undefined);
    return Promise.resolve(done);
  }

  /** Makes a progress batch of at least `revision` come, after everything up to it. */
  requestProgress(revision: number): void {
    if (!this.#wantsProgress || this.#end) return;
    // A watch that does not know its start yet begins behind every revision of now.
    if (this.#next === 0 || revision < this.#start - 1) return;
    if (revision < this.#next) {
      this.#tell(revision);
      return;
    }
    clearTimeout(this.#asked?.timer);
    this.#asked = { revision, wait: askAgain, timer: undefined };
    this.#ask();
  }

  /** Ends the watch, with `error` or, when that is undefined, quietly and at once. The first end counts. */
  end(error: unknown): void {
    if (this.#end) return;
    this.#end = { error };
    this.#unlisten();
    this.#source.watches.delete(this);
    this.#disconnect();
    clearTimeout(this.#retry);
    clearTimeout(this.#asked?.timer);
    if (error === undefined) this.#buffer = [];
    this.#answer();
  }

  #begin(start: number): void {
    this.#start = start;
    this.#next = start;
    this.#connect();
  }

  #connect(): void {
    this.#retry = undefined;
    if (this.#end) return;
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
        if (this.#end) {
          stream?.close();
          return;
        }
        if (!stream) return;
        mine = stream;
        this.#stream = stream;
        const range = prefixRange(keys, this.#prefix, this.#prefix);
        stream.send(watchCreateRequest({ ...range, startRevision: this.#next, progressNotify: progress }));
        if (this.#paused) stream.pause();
      },
      (error) => {
        // A client that several backends share may be closed under them.
        if (isClosed(error)) this.end(error);
        else this.#broken(error);
      },
    );
  }

  async #open(listener: StreamListener): Promise<Stream | undefined> {
    const suspect = await this.#source.suspectRevision();
    if (suspect === this.#next) this.end(compacted(this.#next, suspect));
    return this.#end ? undefined : this.#source.client.stream(path, listener);
  }

  #disconnect(): void {
    this.#stream?.close();
    this.#stream = undefined;
    this.#created = false;
    this.#tail = [];
  }

  /** Begins again where everything before has been received, after a while that grows. */
  #broken(reason: CallFailure | Error): void {
    this.#disconnect();
    if (this.#end) return;
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
      this.end(translateError(error, 'read'));
      return;
    }
    if (answer.canceled) this.#canceled(answer);
    else if (answer.created) {
      this.#created = true;
      this.#failures = 0;
      if (this.#asked) this.#ask();
    } else if (answer.events.length > 0 || this.#tail.length > 0) this.#take(answer);
    else if (!answer.fragment) this.#progressed(answer.revision);
  }

  #canceled({ compactRevision, cancelReason }: WatchAnswer): void {
    if (compactRevision > 0) this.end(compacted(this.#next, compactRevision));
    else if (/permission denied|user name is empty/.test(cancelReason)) {
      this.end(unavailable(`etcd refused the watch: ${cancelReason}`));
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
    this.#answer();
  }

  #complete(bytesPerEvent: number): void {
    const events = this.#tail;
    this.#tail = [];
    const revision = revisionOf(events[0]!);
    this.#next = revision + 1;
    this.#push({ type: 'events', revision, events }, bytesPerEvent * events.length);
  }

  #progressed(revision: number): void {
    this.#next = Math.max(this.#next, revision + 1);
    if (!this.#wantsProgress || revision < this.#start - 1) return;
    if (this.#asked && revision >= this.#asked.revision) {
      clearTimeout(this.#asked.timer);
      this.#asked = undefined;
    }
    this.#tell(revision);
  }

  #tell(revision: number): void {
    // Only the newest progress says something.
    if (this.#buffer.at(-1)?.batch.type === 'progress') this.#buffer.pop();
    this.#push({ type: 'progress', revision }, 0);
    this.#answer();
  }

  #ask(): void {
    const asked = this.#asked!;
    if (this.#created) this.#stream?.send(watchProgressRequest());
    clearTimeout(asked.timer);
    asked.timer = setTimeout(() => this.#ask(), asked.wait);
    asked.wait = Math.min(longestAskAgain, asked.wait * 2);
  }

  #push(batch: WatchBatch, size: number): void {
    this.#buffer.push({ batch, size });
    this.#bufferedBytes += size;
    if (!this.#paused && (this.#bufferedBytes > mostBytes || this.#buffer.length > mostBatches)) {
      this.#paused = true;
      this.#stream?.pause();
    }
  }

  /** Answers waiting pulls as far as the buffer reaches. */
  #answer(): void {
    while (this.#waiting.length > 0) {
      const [first] = this.#buffer;
      if (first) {
        this.#buffer.shift();
        this.#bufferedBytes -= first.size;
        this.#waiting.shift()!.resolve({ done: false, value: first.batch });
      } else if (this.#end) {
        const { error } = this.#end;
        // An error is told once; whoever pulls again finds the end.
        this.#end = { error: undefined };
        if (error === undefined) this.#waiting.shift()!.resolve(done);
        else this.#waiting.shift()!.reject(error);
      } else break;
    }
    if (this.#paused && this.#bufferedBytes <= mostBytes / 2 && this.#buffer.length <= mostBatches / 2) {
      this.#paused = false;
      this.#stream?.resume();
    }
  }
}

const revisionOf = (event: KeyEvent): number => (event.type === 'put' ? event.kv.modRevision : event.revision);
