import { readFile } from 'node:fs/promises';
import type { Runtime, UnderlyingStorage } from '@orlop/storage-interface';

/** A storage URL that names no backend, or one whose package is not installed. */
export class StorageUrlError extends Error {
  override readonly name = 'StorageUrlError';
  readonly code: 'UnknownScheme' | 'MissingPackage' | 'BadOption';

  constructor(code: StorageUrlError['code'], message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

export interface StorageUrl {
  readonly scheme: string;
  /** What stands between `://` and `?`, as it is: a path, `:memory:`, a host. */
  readonly location: string;
  readonly options: Readonly<Record<string, string>>;
}

/** Splits `sqlite://./dev.db?synchronous=NORMAL`. Never through `new URL`, which would rewrite paths and `:memory:`. */
export function parseStorageUrl(text: string): StorageUrl {
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^?]*)(?:\?(.*))?$/i.exec(text);
  if (match === null) {
    throw new StorageUrlError('UnknownScheme', `"${text}" is no storage URL; try memory:// or sqlite://./orlop.db`);
  }
  const options = Object.fromEntries(new URLSearchParams(match[3] ?? ''));
  return { scheme: match[1]!.toLowerCase(), location: match[2]!, options };
}

type Opener = (url: StorageUrl, runtime: Runtime) => Promise<UnderlyingStorage>;

/** The only place that names backends. Each is imported when it is asked for. */
const openers: Readonly<Record<string, Opener>> = {
  async memory({ options }, runtime) {
    refuseOptions('memory', options);
    const { createMemoryBackend } = await import('@orlop/backend-memory');
    return createMemoryBackend({ runtime });
  },
  async sqlite({ location, options }, runtime) {
    const { createSqliteBackend } = await installed('@orlop/backend-sqlite', () => import('@orlop/backend-sqlite'));
    if (location === '') throw new StorageUrlError('BadOption', 'sqlite:// needs a path, e.g. sqlite://./orlop.db');
    const { synchronous, ...unknown } = options;
    refuseOptions('sqlite', unknown);
    if (synchronous !== undefined && synchronous !== 'FULL' && synchronous !== 'NORMAL') {
      throw new StorageUrlError('BadOption', `synchronous must be FULL or NORMAL, not "${synchronous}"`);
    }
    return createSqliteBackend({ path: location, runtime, ...(synchronous ? { synchronous } : {}) });
  },
  async etcd({ location, options }, runtime) {
    const { createEtcdBackend } = await installed('@orlop/backend-etcd', () => import('@orlop/backend-etcd'));
    const { ca, cert, key, prefix, ...unknown } = options;
    refuseOptions('etcd', unknown);
    const { endpoints, auth } = etcdLocation(location);
    const files = Object.entries({ ca, cert, key }).filter((entry) => entry[1] !== undefined) as [string, string][];
    const tls = Object.fromEntries(await Promise.all(files.map(([name, path]) => pemFile(name, path))));
    return createEtcdBackend({
      endpoints,
      runtime,
      ...(auth && { auth }),
      ...(files.length > 0 && { tls }),
      ...(prefix !== undefined && { prefix }),
    });
  },
};

/** `host:2379,host2:2379`, before them `user:password@` where etcd wants one. */
function etcdLocation(location: string): {
  readonly endpoints: readonly string[];
  readonly auth: { readonly user: string; readonly password: string } | undefined;
} {
  const at = location.lastIndexOf('@');
  const endpoints = location
    .slice(at + 1)
    .split(',')
    .filter((endpoint) => endpoint !== '');
  if (endpoints.length === 0) {
    throw new StorageUrlError('BadOption', 'etcd:// needs at least one host, e.g. etcd://127.0.0.1:2379');
  }
  if (at < 0) return { endpoints, auth: undefined };
  const [user = '', password] = location.slice(0, at).split(/:(.*)/s).map(decodeURIComponent);
  if (user === '' || password === undefined) {
    throw new StorageUrlError('BadOption', 'before the @ of etcd:// stands user:password');
  }
  return { endpoints, auth: { user, password } };
}

async function pemFile(name: string, path: string): Promise<readonly [string, Uint8Array]> {
  try {
    return [name, await readFile(path)];
  } catch (error) {
    throw new StorageUrlError('BadOption', `the file of option ${name} cannot be read: ${path}`, error);
  }
}

/** Opens the backend that a URL names. @throws StorageUrlError, or the backend's own UnderlyingStorageError */
export async function openBackend(text: string, runtime: Runtime): Promise<UnderlyingStorage> {
  const url = parseStorageUrl(text);
  const open = openers[url.scheme];
  if (open === undefined) {
    const known = Object.keys(openers).map((scheme) => `${scheme}://`);
    throw new StorageUrlError('UnknownScheme', `no backend for "${text}"; known are ${known.join(', ')}`);
  }
  return open(url, runtime);
}

async function installed<M>(name: string, load: () => Promise<M>): Promise<M> {
  try {
    return await load();
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code !== 'ERR_MODULE_NOT_FOUND' || !message.includes(name)) throw error;
    throw new StorageUrlError('MissingPackage', `${name} is not installed; run: npm install ${name}`, error);
  }
}

function refuseOptions(scheme: string, options: Readonly<Record<string, string>>): void {
  const [unknown] = Object.keys(options);
  if (unknown !== undefined) throw new StorageUrlError('BadOption', `${scheme}:// has no option "${unknown}"`);
}
