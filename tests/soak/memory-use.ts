import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes in use when all garbage is gone: objects and buffers. */
export async function memoryInUse(): Promise<number> {
  for (let i = 0; i < 3; i++) {
    collect();
    // What is finalised gives up more.
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/**
 * How much more is in use in the last third of the measurements than in the first, in bytes; undefined when that is within
 * what a single moment may hold more than another, or when there are too few to say.
 */
export function growth(measured: readonly number[]): number | undefined {
  const third = Math.floor(measured.length / 3);
  if (third < 2) return undefined;
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [early, late] = [mean(measured.slice(0, third)), mean(measured.slice(-third))];
  return late - early > early * 0.1 ? late - early : undefined;
}
