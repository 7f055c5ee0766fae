/**
 * What lies between a document and the bytes in the store: encryption at rest. `authenticatedData` is the full key, so
 * that a value copied to another key cannot be read.
 */
export interface ValueTransformer {
  fromStorage(value: Uint8Array, authenticatedData: string): Transformed | Promise<Transformed>;
  toStorage(document: Uint8Array, authenticatedData: string): Uint8Array | Promise<Uint8Array>;
}

export interface Transformed {
  readonly document: Uint8Array;
  /** Was written in an outdated way: the next update writes it again even if nothing changes. */
  readonly stale: boolean;
}

/** A transformer whose values can be told from others: each begins with `prefix`, which it writes and reads itself. */
export interface MarkedTransformer extends ValueTransformer {
  /** ASCII; empty for values that carry no mark. */
  readonly prefix: string;
}

const encrypted = 'k8s:enc:';

/** Documents as they are. Refuses what an encrypting transformer wrote. */
export const identityTransformer: MarkedTransformer = {
  prefix: '',
  fromStorage(value) {
    refuseEncrypted(value);
    return { document: value, stale: false };
  },
  toStorage: (document) => document,
};

/** @throws Error when the value carries the mark of encrypted data */
export function refuseEncrypted(value: Uint8Array): void {
  if (hasPrefix(value, encrypted)) throw new Error('identity transformer tried to read encrypted data');
}

/** Whether the value begins with these ASCII characters. */
export function hasPrefix(value: Uint8Array, prefix: string): boolean {
  for (let i = 0; i < prefix.length; i++) if (value[i] !== prefix.charCodeAt(i)) return false;
  return true;
}
