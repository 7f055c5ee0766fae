import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { systemRuntime } from '@orlop/apimachinery';
import { CopyError, type CopyResult, copyStore } from '../copy-store.ts';
import { openBackend, parseStorageUrl } from '../open-backend.ts';
import { showProgress } from './progress.ts';
import { untilStopped } from './signals.ts';

export interface CopyOptions {
  readonly from: string;
  readonly to: string;
  readonly prefix: string;
  readonly exclude: readonly string[];
  readonly replace?: boolean;
}

/** Copies one store into another and says what was done; resolves with the exit code, 130 when it was stopped. */
export async function copy(options: CopyOptions): Promise<number> {
  const { from, to, prefix, exclude, replace = false } = options;
  for (const url of [from, to]) refuseFleeting(url);
  refuseMissingFile(from);
  if (place(from) === place(to)) throw new Error('--from and --to are the same store');

  const stop = new AbortController();
  void untilStopped().then(() => stop.abort());
  const runtime = systemRuntime();
  const begun = performance.now();
  const source = await openBackend(from, runtime);
  try {
    const target = await openBackend(to, runtime);
    const progress = showProgress(process.stderr);
    try {
      const { signal } = stop;
      const result = await copyStore(source, target, { prefix, exclude, replace, signal, onProgress: progress.update });
      progress.end();
      process.stdout.write(report(result, (performance.now() - begun) / 1000));
      if (source.capabilities.ttl && result.written > 0) process.stderr.write(expiryNote(exclude));
      return 0;
    } catch (error) {
      progress.end();
      throw error instanceof CopyError && error.code === 'TargetNotEmpty' ? hint(error) : error;
    } finally {
      await target.close();
    }
  } catch (error) {
    if (!(error instanceof CopyError) || error.code !== 'Stopped') throw error;
    process.stderr.write(`orlop: ${error.message}\n`);
    return 130;
  } finally {
    await source.close();
  }
}

/** What is in memory begins with this command and ends with it. */
function refuseFleeting(url: string): void {
  const { scheme, location } = parseStorageUrl(url);
  if (scheme !== 'memory' && location !== ':memory:') return;
  throw new Error(`${url} is empty when this command begins and gone when it ends: there is nothing to copy`);
}

/** A backend would make the file, and a slip of the pen would look like an empty store. */
function refuseMissingFile(url: string): void {
  const { scheme, location } = parseStorageUrl(url);
  if (scheme === 'sqlite' && location !== '' && !existsSync(location)) throw new Error(`there is no file ${location}`);
}

/** Where the data is, whatever else the URL says. */
function place(url: string): string {
  const { scheme, location, options } = parseStorageUrl(url);
  if (scheme === 'sqlite') return resolve(location);
  return `${scheme}://${location.slice(location.lastIndexOf('@') + 1)}/${options['prefix'] ?? ''}`;
}

const hint = ({ message }: CopyError): Error => new Error(`${message}\n  --replace makes it like the source`);

function report({ keys, bytes, written, deleted, targetRevision }: CopyResult, seconds: number): string {
  const before = keys - written;
  const parts = [
    `${written} written`,
    ...(before > 0 ? [`${before} were there`] : []),
    ...(deleted > 0 ? [`${deleted} deleted`] : []),
  ];
  const total = `${keys} keys, ${bytes} bytes`;
  return `${total}: ${parts.join(', ')}; compared and equal, at revision ${targetRevision}, in ${seconds.toFixed(1)} s\n`;
}

function expiryNote(exclude: readonly string[]): string {
  const advice = exclude.length > 0 ? '' : '; --exclude /registry/events/ leaves Events out';
  return `note: no store tells how long a key has left, so keys that were to expire (Events) now stay${advice}\n`;
}
