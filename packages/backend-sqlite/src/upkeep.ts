import type { Runtime } from '@orlop/storage-interface/underlying';
import type { Writer } from './writer.ts';

/** Milliseconds of rest after which the write-ahead log is moved into the file. */
const restBeforeCheckpoint = 1_000;

/** Keeps the file small while nobody asks: gives compacted history back, and empties the log when writing rests. */
export class Upkeep {
  readonly #writer: Writer;
  readonly #runtime: Pick<Runtime, 'timers' | 'log'>;
  #sweeping: Promise<void> = Promise.resolve();
  #wroteSinceRest = false;
  #restTimer: (() => void) | undefined;
  #stopped = false;

  constructor(writer: Writer, runtime: Pick<Runtime, 'timers' | 'log'>) {
    this.#writer = writer;
    this.#runtime = runtime;
  }

  /** Something was written. */
  wrote(): void {
    this.#wroteSinceRest = true;
    this.#rest();
  }

  /** Something was compacted, now or before the store was opened. */
  compacted(): void {
    this.#sweeping = this.#sweeping
      .then(() => this.#sweep())
      .catch((error) => {
        this.#runtime.log.warn('compacted history could not be given back', { error: String(error) });
      });
  }

  /** Resolves when the space of compacted history has been given back. */
  swept(): Promise<void> {
    return this.#sweeping;
  }

  /** Begins nothing more; resolves when what was under way has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#restTimer?.();
    await this.#sweeping;
  }

  /** Moves the write-ahead log into the file. What is in the log is safe there, so a failure is only told. */
  async checkpoint(): Promise<void> {
    try {
      await this.#writer.checkpoint();
    } catch (error) {
      this.#runtime.log.warn('the write-ahead log could not be moved into the database', { error: String(error) });
    }
  }

  async #sweep(): Promise<void> {
    while (!this.#stopped) {
      if (await this.#writer.sweep()) return;
      // The step was one of the writer's turns; what waited meanwhile goes next.
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }

  #rest(): void {
    if (this.#restTimer || this.#stopped) return;
    this.#wroteSinceRest = false;
    this.#restTimer = this.#runtime.timers.after(restBeforeCheckpoint, () => {
      this.#restTimer = undefined;
      if (this.#stopped) return;
      if (this.#wroteSinceRest) this.#rest();
      else void this.checkpoint();
    });
  }
}
