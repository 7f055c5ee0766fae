import type { Reader } from './reader.ts';

/** Rows that are read before other work gets its turn: about two milliseconds. */
export const rowsPerTurn = 500;

/** Awaited between two turns of a long read; undefined where the read must go through in one. */
export type Turn = (() => Promise<void>) | undefined;

/** Gives long reads a snapshot that stays while other work goes on. */
export interface Snapshots {
  /** Reads and writes may go on between two turns of `work`; it sees nothing of them. */
  read<T>(work: (reader: Reader, turn: Turn) => Promise<T>): Promise<T>;
  close(): void;
}

/** Connections of their own, opened when needed. */
export class ReaderPool implements Snapshots {
  readonly #open: () => Reader;
  readonly #idle: Reader[] = [];
  #closed = false;

  constructor(open: () => Reader) {
    this.#open = open;
  }

  async read<T>(work: (reader: Reader, turn: Turn) => Promise<T>): Promise<T> {
    const reader = this.#idle.pop() ?? this.#open();
    try {
      reader.begin();
      try {
        return await work(reader, nextTurn);
      } finally {
        reader.end();
      }
    } finally {
      if (this.#closed || this.#idle.length >= 2) reader.close();
      else this.#idle.push(reader);
    }
  }

  close(): void {
    this.#closed = true;
    for (const reader of this.#idle.splice(0)) reader.close();
  }
}

/** The only connection there is (`:memory:`): a snapshot because reads never wait in between. */
export class OneReader implements Snapshots {
  readonly #reader: Reader;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  read<T>(work: (reader: Reader, turn: Turn) => Promise<T>): Promise<T> {
    return work(this.#reader, undefined);
  }

  close(): void {}
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
