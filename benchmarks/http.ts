import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The whole server, as CPU an operation and as ratio to a bare node:http server that answers the same bytes (see
 * http-yardstick.ts). Both run in processes of their own and get the same requests: Deployments of about 1.5 KB, 64
 * requests at a time; lists and pages one at a time.
 * node --import ./tools/run-from-source/register.mjs benchmarks/http.ts [objects, default 10000] [storage URL] [watches]
 */
const objects = Number(process.argv[2] ?? 10_000);
const storage = process.argv[3] ?? 'memory://';
const watches = Number(process.argv[4] ?? 200);
const concurrent = 64;
const folder = mkdtempSync(join(tmpdir(), 'orlop-http-'));
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const collection = '/apis/apps/v1/namespaces/default/deployments';
const agent = new Agent({ keepAlive: true, maxSockets: concurrent });

interface Target {
  readonly url: string;
  readonly process: ChildProcess;
}

/** Starts a program that prints its URL. */
async function start(args: readonly string[]): Promise<Target> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      const found = /http:\/\/[\d.]+:\d+/.exec(text);
      if (found) resolve(found[0]);
    });
    child.on('exit', () => reject(new Error(`ended early: ${text}`)));
  });
  return { url, process: child };
}

function send(target: Target, method: string, path: string, body = '', type = 'application/json'): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const headers = { accept: 'application/json', ...(body === '' ? {} : { 'content-type': type }) };
    const sent = request(`${target.url}${path}`, { method, agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const answer = Buffer.concat(chunks);
        if (response.statusCode! < 300) resolve(answer);
        else reject(new Error(`${method} ${path}: ${response.statusCode} ${answer.subarray(0, 300)}`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** A process and those it has started: run from source, the server is a child of the one that was asked for. */
function family(pid: number): readonly number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
  return [pid, ...children.flatMap((child) => family(Number(child)))];
}

/** Seconds of user and system time; the tick of Linux is a hundredth. */
function cpuOf({ process: child }: Target): number {
  const seconds = family(child.pid!).map((pid) => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  });
  return seconds.reduce((sum, one) => sum + one, 0);
}

const deployment = (name: string): string =>
  JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels: { app: name, tier: 'bench' }, annotations: { note: 'x'.repeat(600) } },
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          containers: [
            {
              name: 'web',
              image: 'nginx:1.27',
              ports: [{ containerPort: 80, protocol: 'TCP' }],
              env: [
                { name: 'A', value: '1' },
                { name: 'B', value: '2' },
              ],
              resources: { requests: { cpu: '100m', memory: '64Mi' } },
            },
          ],
        },
      },
    },
  });

const nameOf = (i: number): string => `d${String(i % objects).padStart(6, '0')}`;
const mergePatch = 'application/merge-patch+json';
/** `i` counts on from work to work: a patch that changes nothing is no event. */
const patch = (target: Target, i: number): Promise<Buffer> =>
  send(target, 'PATCH', `${collection}/${nameOf(i)}`, `{"spec":{"replicas":${4 + i}}}`, mergePatch);

interface Work {
  readonly name: string;
  readonly times: number;
  readonly atOnce: number;
  run(target: Target, i: number): Promise<unknown>;
}

const works: readonly Work[] = [
  {
    name: 'create',
    times: objects,
    atOnce: concurrent,
    run: (target, i) => send(target, 'POST', collection, deployment(nameOf(i))),
  },
  {
    name: 'get',
    times: objects,
    atOnce: concurrent,
    run: (target, i) => send(target, 'GET', `${collection}/${nameOf(i)}`),
  },
  { name: 'merge patch', times: objects / 2, atOnce: concurrent, run: patch },
  { name: `list of ${objects}`, times: 20, atOnce: 1, run: (target) => send(target, 'GET', collection) },
  { name: 'page of 500', times: 100, atOnce: 1, run: (target) => send(target, 'GET', `${collection}?limit=500`) },
];

/** @returns microseconds of CPU an operation, and operations a second */
async function measure(target: Target, { times, atOnce, run }: Work): Promise<{ cpu: number; rate: number }> {
  let next = 0;
  const cpu = cpuOf(target);
  const begin = performance.now();
  const client = async (): Promise<void> => {
    while (next < times) await run(target, next++);
  };
  await Promise.all(Array.from({ length: atOnce }, client));
  const seconds = (performance.now() - begin) / 1000;
  return { cpu: ((cpuOf(target) - cpu) / times) * 1e6, rate: times / seconds };
}

/** One event to many open watches: CPU a delivery, patches included. */
async function fanOut(target: Target): Promise<{ cpu: number; rate: number }> {
  const events = 100;
  let received = 0;
  let done = (): void => {};
  const all = new Promise<void>((resolve) => {
    done = resolve;
  });
  const { metadata } = JSON.parse((await send(target, 'GET', `${collection}?limit=1`)).toString()) as {
    metadata: { resourceVersion: string };
  };
  const path = `${collection}?watch=1&resourceVersion=${metadata.resourceVersion}`;
  const open = (): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      request(`${target.url}${path}`, { agent: false }, resolve).on('error', reject).end();
    });
  const responses: IncomingMessage[] = [];
  for (let i = 0; i < watches; i++) {
    const response = await open();
    response.on('data', (chunk: Buffer) => {
      for (const byte of chunk) if (byte === 10) received++;
      if (received >= watches * events) done();
    });
    responses.push(response);
  }
  const cpu = cpuOf(target);
  const begin = performance.now();
  for (let i = 0; i < events; i++) await patch(target, objects + i);
  await all;
  const seconds = (performance.now() - begin) / 1000;
  const used = cpuOf(target) - cpu;
  for (const response of responses) response.destroy();
  return { cpu: (used / (watches * events)) * 1e6, rate: (watches * events) / seconds };
}

const targets: Target[] = [];
try {
  const orlop = await start([here('../packages/orlop/bin/orlop.js'), 'serve', '--port', '0', '--storage', storage]);
  targets.push(orlop);
  // The answers for the yardstick need objects, so the real server goes first, one kind of work after the other.
  const ours = new Map<string, { cpu: number; rate: number }>();
  for (const work of works) ours.set(work.name, await measure(orlop, work));
  ours.set('fan-out', await fanOut(orlop));

  const get = (await send(orlop, 'GET', `${collection}/${nameOf(0)}`)).toString();
  const answers = {
    create: get,
    get,
    patch: get,
    list: (await send(orlop, 'GET', collection)).toString(),
    page: (await send(orlop, 'GET', `${collection}?limit=500`)).toString(),
    event: `{"type":"MODIFIED","object":${get.trimEnd()}}\n`,
  };
  const file = join(folder, 'answers.json');
  writeFileSync(file, JSON.stringify(answers));
  const yardstick = await start([
    '--import',
    here('../tools/run-from-source/register.mjs'),
    here('./http-yardstick.ts'),
    file,
  ]);
  targets.push(yardstick);
  const bare = new Map<string, { cpu: number; rate: number }>();
  for (const work of works) bare.set(work.name, await measure(yardstick, work));
  bare.set('fan-out', await fanOut(yardstick));

  console.log(
    `${objects} objects on ${storage}; CPU of the server in microseconds, fan-out per delivery to ${watches} watches`,
  );
  for (const [name, { cpu, rate }] of ours) {
    const base = bare.get(name)!;
    console.log(
      `${name.padEnd(16)} orlop ${cpu.toFixed(1).padStart(9)} us ${rate.toFixed(1).padStart(9)}/s   node:http ${base.cpu.toFixed(1).padStart(9)} us ${base.rate.toFixed(1).padStart(9)}/s   CPU ratio ${(cpu / base.cpu).toFixed(2)}`,
    );
  }
} finally {
  for (const target of targets) target.process.kill();
  agent.destroy();
  rmSync(folder, { recursive: true });
}
