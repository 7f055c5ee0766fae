import type { Storage } from '@orlop/storage-interface';
import type { Random } from './random.ts';
import { berths, names, namespaces, tiers, type Vessel, vessels } from './resource.ts';

export interface WriterParts {
  /** Where to write; asked each time. */
  readonly storage: () => Storage<Vessel>;
  readonly random: Random;
  /** Milliseconds between writes, on the average. */
  readonly pace: number;
  readonly acknowledged: (revision: number) => void;
  readonly complain: (what: string) => void;
}

/** Failures that a store which comes and goes, and other writers, bring about. */
const expected = new Set(['KeyExists', 'KeyNotFound', 'Unreachable', 'RequestTimeout', 'StorageNotReady']);

/** Creates, changes and deletes, one write after the other, until it is told to stop; now and then a burst. */
export async function write(parts: WriterParts, going: () => boolean): Promise<void> {
  const { random, pace } = parts;
  let burst = 0;
  while (going()) {
    await one(parts);
    if (burst > 0) burst--;
    else if (random.chance(0.003)) burst = random.integer(300);
    else await new Promise((resolve) => setTimeout(resolve, random.integer(2 * pace)));
  }
}

async function one({ storage, random, acknowledged, complain }: WriterParts): Promise<void> {
  const [namespace, name] = [random.pick(namespaces), random.pick(names)];
  const key = `${vessels.prefix}${namespace}/${name}`;
  const [berth, cargo, tier] = [random.pick(berths), String(random.integer(1e9)), random.pick([...tiers, undefined])];
  const vessel: Vessel = {
    apiVersion: vessels.apiVersion,
    kind: vessels.kind,
    metadata: { name, namespace, ...(tier === undefined ? {} : { labels: { tier } }) },
    spec: { berth, cargo },
  };
  const what = random.integer(10);
  try {
    if (what < 2) acknowledged((await storage().delete(key)).revision);
    else if (what < 4) acknowledged((await storage().create(key, vessel)).revision);
    else acknowledged((await update(storage(), key, vessel, what === 9)).revision);
  } catch (error) {
    if (!expected.has((error as { code?: string }).code ?? ''))
      complain(`a write of ${key} failed with ${String(error)}`);
  }
}

/** @param same writes what is there, which changes nothing */
function update(storage: Storage<Vessel>, key: string, vessel: Vessel, same: boolean) {
  return storage.guaranteedUpdate(
    key,
    (current) => ({ object: same && current !== undefined ? current.object : vessel }),
    { ignoreNotFound: true },
  );
}
