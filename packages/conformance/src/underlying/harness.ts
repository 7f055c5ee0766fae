import type { BackendCapabilities, UnderlyingStorage } from '@orlop/storage-interface';
import type { ConformanceCase } from '../case.ts';

/** What a case may lean on beyond the required. */
export type UnderlyingCapability = 'progress' | 'exactReads' | 'ttl' | 'durable' | 'maxValueBytes';

/** What a case gets: a fresh store, and ways to let time pass and to come back after a close. */
export interface UnderlyingHarness {
  readonly backend: UnderlyingStorage;
  /** The manifest the backend declares, which decides what is skipped. */
  readonly capabilities: BackendCapabilities;
  /** Lets this many seconds pass for the backend; really waits where the backend has a clock of its own. */
  advance(seconds: number): Promise<void>;
  /** Closes the store and opens it again on the same data. */
  reopen(): Promise<UnderlyingStorage>;
  /** Calls that the backend has not answered. */
  pending(): readonly string[];
  /** How much random testing to do. */
  readonly effort: Effort;
}

/** Size of the random histories. */
export interface Effort {
  /** How many histories. */
  readonly histories: number;
  /** How many operations each, at most. */
  readonly operations: number;
  /** Repeats one run: the seed that a failure printed. */
  readonly seed?: number;
}

export type UnderlyingCase = ConformanceCase<UnderlyingHarness, UnderlyingCapability>;
