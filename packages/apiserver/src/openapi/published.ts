import { encodeUtf8 } from '@orlop/apimachinery';
import { entityTag } from '../discovery/hash.ts';
import type { Json } from './json.ts';

/** A document as it is sent. */
export interface Published {
  readonly body: Uint8Array;
  readonly tag: string;
}

export async function publish(document: Json): Promise<Published> {
  const text = JSON.stringify(document);
  return { body: encodeUtf8(text), tag: await entityTag(text) };
}

/** Makes values when they are first asked for and keeps them; a failure is forgotten, so that the next request tries again. */
export class OnDemand<K, V> {
  readonly #made = new Map<K, Promise<V>>();

  get(key: K, make: () => Promise<V>): Promise<V> {
    let value = this.#made.get(key);
    if (value === undefined) {
      value = make();
      this.#made.set(key, value);
      value.catch(() => this.#made.delete(key));
    }
    return value;
  }
}

/** Whether the client has one of these already: the tags of its If-None-Match, or `*`. */
export function clientHas(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(',').some((one) => {
    const given = one.trim();
    return given === '*' || given.replace(/^W\//, '') === `"${tag}"`;
  });
}
