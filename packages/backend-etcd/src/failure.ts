/** Status codes of gRPC that are looked at. */
export const status = {
  canceled: 1,
  unknown: 2,
  invalidArgument: 3,
  deadlineExceeded: 4,
  resourceExhausted: 8,
  failedPrecondition: 9,
  internal: 13,
  unavailable: 14,
  dataLoss: 15,
  unauthenticated: 16,
} as const;

/** A call that brought no answer: what etcd said, or what became of the connection. */
export class CallFailure extends Error {
  override readonly name = 'CallFailure';
  /** gRPC status code. */
  readonly status: number;
  /** Whether the server may have seen the request. */
  readonly sent: boolean;
  /** Whether etcd itself answered; otherwise the connection, the deadline or the caller ended the call. */
  readonly answered: boolean;

  constructor(
    status: number,
    message: string,
    options: { readonly sent: boolean; readonly answered?: boolean; readonly cause?: unknown },
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.status = status;
    this.sent = options.sent;
    this.answered = options.answered ?? false;
  }
}

export const notSent = (message: string, cause?: unknown): CallFailure =>
  new CallFailure(status.unavailable, message, { sent: false, cause });

/** What etcd says when it refused before doing anything. */
const refusals = [
  'etcdserver: no leader',
  'etcdserver: too many requests',
  'etcdserver: rpc not supported for learner',
  'etcdserver: invalid auth token',
  'etcdserver: revision of auth store is old',
  'etcdserver: not capable',
];

/** Codes of answers after which a write may have been done all the same. */
const open: readonly number[] = [
  status.canceled,
  status.unknown,
  status.deadlineExceeded,
  10, // aborted
  status.internal,
  status.unavailable,
];

/** The call has certainly done nothing. */
export const nothingDone = (failure: CallFailure): boolean =>
  !failure.sent || refusals.includes(failure.message) || (failure.answered && !open.includes(failure.status));

/** etcd wants another token: this one expired, or users changed. */
export const wantsNewToken = (failure: CallFailure): boolean =>
  failure.status === status.unauthenticated || failure.message === 'etcdserver: revision of auth store is old';

/** Another try, here or at another member, may well succeed. */
export const mayPass = (failure: CallFailure): boolean =>
  failure.status === status.unavailable ||
  (!failure.answered && failure.status === status.deadlineExceeded) ||
  failure.message === 'etcdserver: too many requests' ||
  failure.message === 'etcdserver: rpc not supported for learner' ||
  (!failure.answered && failure.status === status.internal);
