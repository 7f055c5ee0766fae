import { invalidArgument, tooLarge } from './underlying-errors.ts';

/**
 * What every backend must refuse before it touches its store, so that all refuse alike.
 */

/** @throws InvalidArgument unless `key` is a non-empty string of whole Unicode characters */
export function checkKey(key: string): void {
  if (key === '') throw invalidArgument('the key is empty');
  checkText(key, 'key');
}

/** A prefix may be empty: all keys. @throws InvalidArgument */
export function checkPrefix(prefix: string): void {
  checkText(prefix, 'prefix');
}

/** @throws InvalidArgument unless `from` is absent or begins with the prefix */
export function checkFrom(from: string | undefined, prefix: string): void {
  if (from === undefined) return;
  if (!from.startsWith(prefix)) throw invalidArgument(`from "${from}" does not begin with the prefix "${prefix}"`);
  checkText(from, 'from');
}

/** @throws InvalidArgument unless absent or a whole number ≥ 1 */
export function checkReadRevision(revision: number | undefined): void {
  if (revision !== undefined) checkWhole(revision, 1, 'revision');
}

/** @throws InvalidArgument unless a whole number ≥ `least` */
export function checkWhole(value: number, least: number, name: string): void {
  if (!Number.isSafeInteger(value) || value < least) {
    throw invalidArgument(`${name} must be a whole number of at least ${least}, not ${value}`);
  }
}

/** @throws InvalidArgument unless absent or a positive, finite number */
export function checkTtl(ttlSeconds: number | undefined): void {
  if (ttlSeconds !== undefined && !(ttlSeconds > 0 && Number.isFinite(ttlSeconds))) {
    throw invalidArgument(`ttlSeconds must be a positive number, not ${ttlSeconds}`);
  }
}

/** @throws TooLarge */
export function checkValue(key: string, value: Uint8Array, limit: number | undefined): void {
  if (limit !== undefined && value.length > limit) throw tooLarge(key, value.length, limit);
}

// With the u flag a pair is one character, so this finds lone surrogates only.
const loneSurrogate = /\p{Surrogate}/u;

function checkText(text: string, name: string): void {
  if (typeof text !== 'string') throw invalidArgument(`the ${name} must be a string, not ${typeof text}`);
  if (loneSurrogate.test(text))
    throw invalidArgument(`the ${name} holds half a surrogate pair, which has no UTF-8 form`);
}
