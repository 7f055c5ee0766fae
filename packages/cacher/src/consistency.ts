import type { KubernetesObject, Storage, Stored } from '@orlop/storage-interface';
import type { CacheState } from './watch-cache.ts';

/** The outcome of comparing a cache with the store below it, at one revision. */
export interface ConsistencyReport {
  readonly revision: number;
  readonly consistent: boolean;
  readonly cached: Digest;
  readonly stored: Digest;
}

/** Stands for the keys and revisions of a set of objects. */
export interface Digest {
  readonly objects: number;
  /** 64 bits as hexadecimal digits. */
  readonly hash: string;
}

const page = 10_000;

/** Compares what a cache holds with what the store had at the same revision. @throws what the store throws, e.g. Expired */
export async function compareWithStore<T extends KubernetesObject>(
  state: CacheState<T>,
  storage: Storage<T>,
  prefix: string,
): Promise<ConsistencyReport> {
  const { revision } = state;
  const cached = new Hasher();
  for (const stored of state.range(prefix, prefix)) cached.add(stored);
  const below = new Hasher();
  let token = '';
  do {
    const place =
      token === '' ? { resourceVersion: String(revision), resourceVersionMatch: 'Exact' } : { continue: token };
    const list = await storage.getList(prefix, { recursive: true, limit: page, ...place });
    for (const stored of list.items) below.add(stored);
    token = list.continue;
  } while (token !== '');
  const [a, b] = [cached.digest(), below.digest()];
  return { revision, consistent: a.objects === b.objects && a.hash === b.hash, cached: a, stored: b };
}

/** FNV-1a over two words with different starts: fast, and equal for equal input only, as far as accidents go. */
class Hasher {
  #objects = 0;
  #a = 0x811c9dc5;
  #b = 0x01000193;

  add(stored: Stored): void {
    this.#objects++;
    this.#text(stored.key);
    this.#text(`@${stored.revision}\n`);
  }

  digest(): Digest {
    const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0');
    return { objects: this.#objects, hash: hex(this.#a) + hex(this.#b) };
  }

  #text(text: string): void {
    let a = this.#a;
    let b = this.#b;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      a = Math.imul(a ^ unit, 0x01000193);
      b = Math.imul(b ^ unit, 0x85ebca6b);
    }
    this.#a = a;
    this.#b = b;
  }
}
