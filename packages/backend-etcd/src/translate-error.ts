import {
  corrupt,
  invalidArgument,
  isUnderlyingStorageError,
  noSpace,
  readOnly,
  timeout,
  UnderlyingStorageError,
  unavailable,
} from '@orlop/storage-interface/underlying';
import { CallFailure, nothingDone, status } from './failure.ts';

/** Only a write can leave something open. */
export type Phase = 'read' | 'write';

type Made = (text: string, cause: CallFailure, phase: Phase) => UnderlyingStorageError;

/** By etcd's words, then by its code; the first that fits. */
const byText: readonly (readonly [string, Made])[] = [
  ['mvcc: database space exceeded', (text, cause) => noSpace(`etcd's quota is exhausted: ${text}`, cause)],
  ['request is too large', tooLargeForEtcd],
  ['larger than max', tooLargeForEtcd],
  [
    'permission denied',
    (text, cause, phase) =>
      phase === 'write'
        ? readOnly(`the etcd user may not write this key: ${text}`, cause)
        : unavailable(`the etcd user may not read this key: ${text}`, cause),
  ],
  ['authentication failed', (text) => invalidArgument(`etcd refused the user: ${text}`)],
  ['authentication is not enabled', (text) => invalidArgument(`a user was given, but etcd knows none: ${text}`)],
  ['user name is empty', (text) => invalidArgument(`etcd wants a user and password: ${text}`)],
];

function tooLargeForEtcd(text: string, cause: CallFailure): UnderlyingStorageError {
  return new UnderlyingStorageError('TooLarge', `etcd takes no request of this size (--max-request-bytes): ${text}`, {
    cause,
  });
}

/** An error of etcd or of the connection in the words of the contract. Errors that are already of it pass through. */
export function translateError(error: unknown, phase: Phase): UnderlyingStorageError {
  if (isUnderlyingStorageError(error)) return error;
  if (!(error instanceof CallFailure)) {
    const text = error instanceof Error ? error.message : String(error);
    return corrupt(`an answer of etcd cannot be understood: ${text}`, error);
  }
  const { message } = error;
  const known = byText.find(([text]) => message.includes(text));
  if (known) return known[1](message, error, phase);
  if (error.status === status.dataLoss) return corrupt(`etcd reports damage: ${message}`, error);
  if (phase === 'write' && !nothingDone(error))
    return timeout(`the outcome of the write is unknown: ${message}`, error);
  if (error.status === status.deadlineExceeded || error.status === status.canceled) {
    return timeout(`etcd gave no answer; nothing was written: ${message}`, error);
  }
  return unavailable(`etcd cannot serve: ${message}`, error);
}

const isAnswer = (error: unknown, text: string): boolean =>
  error instanceof CallFailure && error.message.includes(text);

export const saysCompacted = (error: unknown): boolean => isAnswer(error, 'required revision has been compacted');
export const saysFuture = (error: unknown): boolean => isAnswer(error, 'required revision is a future revision');
export const saysLeaseGone = (error: unknown): boolean => isAnswer(error, 'requested lease not found');
