import type { Server } from '../create-server.ts';
import { createServer } from '../create-server.ts';
import { loadManifests } from './load-manifests.ts';

/** Options that `serve` and `exec` share. */
export interface StartOptions {
  readonly storage: string;
  readonly host: string;
  readonly port?: number;
  /** Milliseconds; 0: never. */
  readonly compactionInterval: number;
  readonly load: readonly string[];
  readonly controllers: 'none';
}

export interface Started {
  readonly server: Server;
  readonly url: string;
  /** How many objects `--load` applied. */
  readonly loaded: number;
}

const usualPort = 8080;

/** Opens the storage, listens, applies what is to be loaded. What was begun is undone when a step fails. */
export async function start(options: StartOptions): Promise<Started> {
  const server = await createServer({ storage: options.storage, compactionInterval: options.compactionInterval });
  try {
    const url = await listenSomewhere(server, options);
    const loaded = await loadManifests(url, options.load);
    return { server, url, loaded };
  } catch (error) {
    await server.close();
    throw error;
  }
}

async function listenSomewhere(server: Server, { host, port }: StartOptions): Promise<string> {
  try {
    return (await server.listen({ host, port: port ?? usualPort })).url;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE') throw error;
    if (port !== undefined) throw new Error(`port ${port} is taken; --port 0 takes a free one`, { cause: error });
    return (await server.listen({ host, port: 0 })).url;
  }
}
