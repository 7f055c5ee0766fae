import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getEtcd } from '../../../tools/etcd/get-etcd.mjs';

export interface EtcdOptions {
  /** Path of the program. @default what the script finds */
  readonly program?: string;
  readonly args?: readonly string[];
  readonly scheme?: 'http' | 'https';
}

/** A running etcd in a temporary folder. */
export interface Etcd {
  readonly endpoint: string;
  readonly folder: string;
  /** `kill -9`; the data stay. */
  kill(): Promise<void>;
  /** Starts again on the same data and ports. */
  start(): Promise<void>;
  /** Ends it and takes its folder away. */
  stop(): Promise<void>;
}

/** One node. Elections are quick, and writes do not wait for the disk: the tests kill processes, not machines. */
export async function startEtcd(options: EtcdOptions = {}): Promise<Etcd> {
  const [client, peer] = await freePorts(2);
  const etcd = member({
    ...options,
    name: 'one',
    client: client!,
    peer: peer!,
    cluster: `one=http://127.0.0.1:${peer}`,
  });
  await etcd.start();
  return etcd;
}

/** Members of one cluster, in the order of their endpoints. */
export async function startCluster(size: number, options: EtcdOptions = {}): Promise<readonly Etcd[]> {
  const ports = await freePorts(size * 2);
  const names = Array.from({ length: size }, (_, i) => `m${i}`);
  const cluster = names.map((name, i) => `${name}=http://127.0.0.1:${ports[size + i]}`).join(',');
  const args = ['--heartbeat-interval', '50', '--election-timeout', '500', ...(options.args ?? [])];
  const members = names.map((name, i) =>
    member({ ...options, args, name, client: ports[i]!, peer: ports[size + i]!, cluster }),
  );
  await Promise.all(members.map((one) => one.start()));
  return members;
}

export interface MemberOptions extends EtcdOptions {
  readonly name: string;
  /** Ports. */
  readonly client: number;
  readonly peer: number;
  /** The port at which the others find it. @default `peer` */
  readonly advertised?: number;
  readonly cluster: string;
}

/** One member, not started yet. */
export function member(options: MemberOptions): Etcd {
  const { program = getEtcd(), args = [], scheme = 'http', name, client, peer, advertised = peer, cluster } = options;
  const folder = mkdtempSync(join(tmpdir(), 'orlop-etcd-'));
  const endpoint = `${scheme}://127.0.0.1:${client}`;
  const peers = `http://127.0.0.1:${peer}`;
  let child: ChildProcess | undefined;

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ending = child;
    child = undefined;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    const gone = new Promise((resolve) => ending.once('exit', resolve));
    ending.kill(signal);
    await gone;
  };

  return {
    endpoint,
    folder,
    async start() {
      const given = ['--name', name, '--data-dir', join(folder, 'data'), '--log-level', 'error'];
      const urls = ['--listen-client-urls', endpoint, '--advertise-client-urls', endpoint];
      const peering = [
        '--listen-peer-urls',
        peers,
        '--initial-advertise-peer-urls',
        `http://127.0.0.1:${advertised}`,
        '--initial-cluster',
        cluster,
      ];
      const quick = ['--heartbeat-interval', '10', '--election-timeout', '100'];
      const fsync = version(program).startsWith('3.4.') ? [] : ['--unsafe-no-fsync'];
      const started = spawn(program, [...given, ...urls, ...peering, ...quick, ...fsync, ...args], {
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      child = started;
      let errors = '';
      started.stderr!.setEncoding('utf8').on('data', (text: string) => {
        errors = (errors + text).slice(-4_000);
      });
      await ready(client, () => {
        if (started.exitCode !== null) throw new Error(`etcd ended with ${started.exitCode}: ${errors}`);
      });
    },
    kill: () => end('SIGKILL'),
    async stop() {
      await end('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const versions = new Map<string, string>();

/** Version of the program, as it says itself. */
export function version(program: string): string {
  let known = versions.get(program);
  if (known === undefined) {
    known = /etcd Version: (\S+)/.exec(execFileSync(program, ['--version'], { encoding: 'utf8' }))?.[1] ?? '';
    versions.set(program, known);
  }
  return known;
}

/** Waits until the port is listened on: etcd opens it when it has a leader. */
async function ready(port: number, check: () => void): Promise<void> {
  for (const until = Date.now() + 20_000; Date.now() < until; ) {
    check();
    if (await listening(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`nothing listens on port ${port}`);
}

const listening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

const taken = new Set<number>();

/** Ports nobody listens on now, below those that systems give to outgoing connections, which come and go. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    const port = 12_000 + Math.floor(Math.random() * 20_000);
    if (taken.has(port) || !(await isFree(port))) continue;
    taken.add(port);
    ports.push(port);
  }
  return ports;
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** The distribution's etcd, which may be of an older line; undefined, and said so, where there is none. */
export function distributedEtcd(): string | undefined {
  try {
    return getEtcd('debian');
  } catch (error) {
    console.info(`no etcd of the distribution: ${String(error)}`);
    return undefined;
  }
}
