/** An imported key; what is in it cannot be read back. */
export interface CryptoKey {
  readonly type: string;
}

interface AesGcm {
  readonly name: 'AES-GCM';
  readonly iv: Uint8Array;
  readonly additionalData: Uint8Array;
}

/** The part of Web Crypto that is used here. Every host has it; the portable base has no types for it. */
interface WebCrypto {
  getRandomValues(target: Uint8Array): Uint8Array;
  readonly subtle: {
    importKey(
      format: 'raw',
      secret: Uint8Array,
      algorithm: 'AES-GCM',
      extractable: false,
      usages: readonly string[],
    ): Promise<CryptoKey>;
    encrypt(algorithm: AesGcm, key: CryptoKey, data: Uint8Array): Promise<ArrayBuffer>;
    decrypt(algorithm: AesGcm, key: CryptoKey, data: Uint8Array): Promise<ArrayBuffer>;
  };
}

export const webCrypto = (): WebCrypto => (globalThis as unknown as { readonly crypto: WebCrypto }).crypto;
