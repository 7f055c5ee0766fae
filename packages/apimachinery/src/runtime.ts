/**
 * What a program takes from its surroundings, given to factories so that tests own time and chance.
 * `systemRuntime()` is the real one.
 */
export interface Runtime {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly log: Log;
  readonly metrics: Metrics;
}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds that never go back; only differences mean something. */
  monotonic(): number;
}

export interface Timers {
  /** Calls back once after `milliseconds`; the returned function cancels. The timer does not keep a process alive. */
  after(milliseconds: number, callback: () => void): () => void;
}

export interface Random {
  /** RFC 4122 version 4. */
  uuid(): string;
  /** A whole number in [0, bound). */
  integer(bound: number): number;
}

export interface Log {
  debug(message: string, values?: Readonly<Record<string, unknown>>): void;
  info(message: string, values?: Readonly<Record<string, unknown>>): void;
  warn(message: string, values?: Readonly<Record<string, unknown>>): void;
  error(message: string, values?: Readonly<Record<string, unknown>>): void;
}

/** Counters, gauges and histograms under upstream's metric names; labels as upstream has them. */
export interface Metrics {
  count(name: string, labels?: Readonly<Record<string, string>>, by?: number): void;
  gauge(name: string, value: number, labels?: Readonly<Record<string, string>>): void;
  observe(name: string, value: number, labels?: Readonly<Record<string, string>>): void;
}

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };
const unmeasured: Metrics = { count() {}, gauge() {}, observe() {} };

/** What every JavaScript host of ours has, typed here because the base has no Node and no DOM types. */
interface Host {
  setTimeout(callback: () => void, milliseconds: number): { unref?(): void } | number;
  clearTimeout(timer: unknown): void;
  performance: { now(): number };
  crypto: { randomUUID(): string; getRandomValues(array: Uint32Array): Uint32Array };
}

/** The real clock, timers and random numbers; silent log and no metrics unless given. */
export function systemRuntime(given: Partial<Runtime> = {}): Runtime {
  const host = globalThis as unknown as Host;
  return {
    clock: { now: () => Date.now(), monotonic: () => host.performance.now() },
    timers: {
      after(milliseconds, callback) {
        const timer = host.setTimeout(callback, milliseconds);
        if (typeof timer === 'object') timer.unref?.();
        return () => host.clearTimeout(timer);
      },
    },
    random: {
      uuid: () => host.crypto.randomUUID(),
      integer(bound) {
        // 32 random bits scaled down: the bias is below bound / 2^32, far under what a name suffix could show.
        const word = host.crypto.getRandomValues(new Uint32Array(1))[0]!;
        return Math.floor((word / 2 ** 32) * bound);
      },
    },
    log: silent,
    metrics: unmeasured,
    ...given,
  };
}
