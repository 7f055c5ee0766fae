import { encodeUtf8 } from '@orlop/apimachinery';

interface Host {
  readonly crypto: { readonly subtle: { digest(algorithm: string, data: Uint8Array): Promise<ArrayBuffer> } };
}

async function digest(algorithm: string, text: string): Promise<Uint8Array> {
  const { crypto } = globalThis as unknown as Host;
  return new Uint8Array(await crypto.subtle.digest(algorithm, encodeUtf8(text)));
}

/** SHA-512 in upper-case hexadecimal digits: the entity tag of discovery and OpenAPI documents. */
export async function entityTag(text: string): Promise<string> {
  const bytes = await digest('SHA-512', text);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join('');
}

/** Tells clients when the stored version of a kind changes. */
export async function storageVersionHash(group: string, version: string, kind: string): Promise<string> {
  const bytes = await digest('SHA-256', `${group}/${version}/${kind}`);
  return btoa(String.fromCharCode(...bytes.subarray(0, 8)));
}
