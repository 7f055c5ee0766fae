/** The recorded form: the steps of one scenario and what a real kube-apiserver answered, normalised. */

export interface Scenario {
  readonly area: string;
  readonly name: string;
  readonly title: string;
  readonly steps: readonly Step[];
  readonly expected: readonly unknown[];
  readonly cleanup?: readonly Step[];
  /** `false`: the scenario makes no namespace of its own. */
  readonly namespace?: false;
  /** `controllers`: recorded with kube-controller-manager running. */
  readonly server?: string;
  /** `compaction`: expects the first revisions to be gone. */
  readonly needs?: string;
}

export type Step = RequestStep | WatchStep | SleepStep;

export interface RequestStep {
  readonly request: RecordedRequest;
  /** Variable name → path into the body. */
  readonly capture?: Readonly<Record<string, string>>;
  /** Paths that are left out of the comparison. */
  readonly ignore?: readonly string[];
  readonly retry?: Retry;
}

export interface RecordedRequest {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Sent as it is, in place of `body`. */
  readonly rawBody?: string;
}

export interface Retry {
  readonly tries: number;
  readonly delay?: number;
  readonly untilStatus?: number;
  /** Path → value; null means absent. */
  readonly until?: Readonly<Record<string, unknown>>;
}

export interface WatchStep {
  readonly watch: {
    readonly path: string;
    readonly headers?: Readonly<Record<string, string>>;
    /** Stop after so many events. */
    readonly count?: number;
    /** Stop after so long. @default 3 */
    readonly seconds?: number;
    readonly openWithin?: number;
  };
  /** Steps taken once the stream is open. */
  readonly during?: readonly Step[];
  readonly capture?: Readonly<Record<string, string>>;
  readonly ignore?: readonly string[];
  /** The order of events is not promised. */
  readonly unordered?: boolean;
}

export interface SleepStep {
  readonly sleep: number;
}

/** What a step brought, before normalisation. */
export type StepResult =
  | { readonly kind: 'sleep' }
  | { readonly kind: 'response'; readonly status: number; readonly headers: Headers; readonly body: unknown }
  | {
      readonly kind: 'watch';
      readonly status: number;
      readonly headers: Headers;
      /** `count`, `eof`, `open` (still open when time was up) or `error …`. */
      readonly ended: string;
      readonly events: readonly unknown[];
    };

export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** The value at a dotted path. */
export function dig(value: unknown, path: string): unknown {
  let at = value;
  for (const key of path.split('.')) at = (at as Record<string, unknown> | null | undefined)?.[key];
  return at;
}
