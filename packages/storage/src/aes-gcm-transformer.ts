import { encodeUtf8 } from '@orlop/apimachinery';
import { prefixTransformers } from './prefix-transformers.ts';
import type { MarkedTransformer } from './transformer.ts';
import { type CryptoKey, webCrypto } from './web-crypto.ts';

/** A key under a name that is stored in front of each value it has encrypted. */
export interface AesKey {
  /** Without a colon, unlike all others of the list. */
  readonly name: string;
  /** 16, 24 or 32 bytes. */
  readonly secret: Uint8Array;
}

const mark = 'k8s:enc:aesgcm:v1:';
const nonceBytes = 12;
const tagBytes = 16;

/**
 * AES-GCM with the full key as authenticated data: a value that was changed, or copied to another key, cannot be read.
 * The first key writes, all of them read, and what another than the first has read is written again by the next update.
 * The bytes are those of kube-apiserver's `aesgcm` provider with keys of these names.
 *
 * Each value gets 12 random bytes as nonce. Rotate a key long before it has written 2^32 values; kube-apiserver's
 * manual advises every 200,000 writes.
 * @throws Error for an empty list, a name that is empty, repeated or has a colon, a secret of another length
 */
export function aesGcmTransformer(keys: readonly AesKey[]): MarkedTransformer {
  for (const [i, { name, secret }] of keys.entries()) {
    if (name === '' || name.includes(':')) throw new Error(`a key's name must not be empty or have a colon: "${name}"`);
    if (keys.findIndex((other) => other.name === name) !== i) throw new Error(`two keys have the name "${name}"`);
    if (![16, 24, 32].includes(secret.length)) {
      throw new Error(`key "${name}" has ${secret.length} bytes; AES takes 16, 24 or 32`);
    }
  }
  const unmatched = 'no matching key was found for the provided AES transformer';
  return { prefix: mark, ...prefixTransformers(keys.map(withOneKey), unmatched) };
}

function withOneKey({ name, secret: given }: AesKey): MarkedTransformer {
  const secret = given.slice();
  const prefix = `${mark}${name}:`;
  const head = encodeUtf8(prefix);
  let imported: Promise<CryptoKey> | undefined;
  const key = (): Promise<CryptoKey> => {
    imported ??= webCrypto().subtle.importKey('raw', secret, 'AES-GCM', false, ['encrypt', 'decrypt']);
    return imported;
  };
  const algorithm = (iv: Uint8Array, authenticatedData: string) =>
    ({ name: 'AES-GCM', iv, additionalData: encodeUtf8(authenticatedData) }) as const;

  return {
    prefix,
    async toStorage(document, authenticatedData) {
      const value = new Uint8Array(head.length + nonceBytes + document.length + tagBytes);
      value.set(head);
      const nonce = webCrypto().getRandomValues(value.subarray(head.length, head.length + nonceBytes));
      const sealed = await webCrypto().subtle.encrypt(algorithm(nonce, authenticatedData), await key(), document);
      value.set(new Uint8Array(sealed), head.length + nonceBytes);
      return value;
    },
    async fromStorage(value, authenticatedData) {
      const sealed = value.subarray(head.length + nonceBytes);
      if (sealed.length < tagBytes) throw new Error('the stored data was shorter than the required size');
      const nonce = value.subarray(head.length, head.length + nonceBytes);
      const opened = webCrypto().subtle.decrypt(algorithm(nonce, authenticatedData), await key(), sealed);
      const document = await opened.catch((cause: unknown) => {
        throw new Error('cipher: message authentication failed', { cause });
      });
      return { document: new Uint8Array(document), stale: false };
    },
  };
}
