/**
 * A kit is data: cases in a list, each of which names the rules of the contract it proves. One call runs or registers
 * them all, so an implementation cannot forget one, and only its own declaration of what it lacks can skip one.
 */
export interface ConformanceCase<Harness, Capability extends string = string> {
  /** Stable and unique in its kit; reports and bug reports name it. For example `write/stale-revision-loses`. */
  readonly id: string;
  /** A sentence that is true of a right implementation. */
  readonly title: string;
  /** Ids of the MUSTs of the contract that it proves, for example `UW-2`. At least one. */
  readonly contract: readonly string[];
  /** Capabilities without which the case has no meaning. @default none */
  readonly needs?: readonly Capability[];
  /** Milliseconds after which it has failed. @default 10000 */
  readonly timeout?: number;
  /** Resolves when the implementation did right, throws otherwise. */
  run(harness: Harness): Promise<void>;
}

/** Cases of one kind of implementation, together with the way to make something to judge. */
export interface Kit<Harness, Capability extends string = string> {
  /** Heads the report, for example `UnderlyingStorage: memory`. */
  readonly name: string;
  readonly cases: readonly ConformanceCase<Harness, Capability>[];
  /** A fresh, empty thing to judge; called once per case. */
  open(): Promise<Harness>;
  /** Gives back what `open` took; called also after a failure. */
  close(harness: Harness): Promise<void>;
  /** What the implementation has not answered, a line each: said of a case that was not done in time. */
  waiting?(harness: Harness): readonly string[];
  /** Why the implementation lacks a capability, by its own manifest; undefined when it has it. */
  lacks(harness: Harness, capability: Capability): string | undefined;
}

/** What became of one case. */
export type CaseResult =
  | { readonly id: string; readonly outcome: 'passed' }
  | { readonly id: string; readonly outcome: 'skipped'; readonly reason: string }
  | { readonly id: string; readonly outcome: 'failed'; readonly error: unknown };
