import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  dig,
  type RequestStep,
  type Retry,
  type Scenario,
  type Step,
  type StepResult,
  type WatchStep,
} from './scenario.ts';
import { open, parseBody, send } from './send.ts';

export type Variables = Record<string, unknown> & { ns: string; rand: string };

export interface ScenarioRun {
  readonly variables: Variables;
  readonly results: readonly StepResult[];
}

/** Takes the steps of a scenario, in a namespace of its own where it uses one. */
export async function runScenario(server: string, scenario: Scenario): Promise<ScenarioRun> {
  const variables: Variables = { ns: `g-${randomBytes(4).toString('hex')}`, rand: randomBytes(4).toString('hex') };
  const ownNamespace = scenario.namespace !== false && JSON.stringify(scenario.steps).includes('{{ns}}');
  if (ownNamespace) await createNamespace(server, variables.ns);
  const results: StepResult[] = [];
  try {
    for (const step of scenario.steps) results.push(await runStep(server, step, variables));
  } finally {
    for (const step of scenario.cleanup ?? []) await runStep(server, step, variables).catch(() => undefined);
    if (ownNamespace) await send(server, { method: 'DELETE', path: `/api/v1/namespaces/${variables.ns}` });
  }
  return { variables, results };
}

async function createNamespace(server: string, name: string): Promise<void> {
  const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
  const made = await send(server, { method: 'POST', path: '/api/v1/namespaces', body });
  if (made.status !== 201) throw new Error(`cannot create namespace ${name}: ${made.status} ${made.text}`);
}

async function runStep(server: string, step: Step, variables: Variables): Promise<StepResult> {
  if ('sleep' in step) {
    await sleep(step.sleep);
    return { kind: 'sleep' };
  }
  return 'watch' in step ? runWatch(server, step, variables) : runRequest(server, step, variables);
}

async function runRequest(server: string, step: RequestStep, variables: Variables): Promise<StepResult> {
  const request = fill(step.request, variables);
  const retry = step.retry && fill(step.retry, variables);
  let answer = await send(server, request);
  for (let left = (retry?.tries ?? 1) - 1; retry !== undefined && left > 0 && !settled(retry, answer); left--) {
    await sleep(retry.delay ?? 200);
    answer = await send(server, request);
  }
  const body = parseBody(answer.text);
  capture(step.capture, body, variables);
  return { kind: 'response', status: answer.status, headers: answer.headers, body };
}

function settled(retry: Retry, answer: { status: number; text: string }): boolean {
  if (retry.untilStatus !== undefined && answer.status !== retry.untilStatus) return false;
  const body = parseBody(answer.text);
  return Object.entries(retry.until ?? {}).every(([path, value]) => (dig(body, path) ?? null) === value);
}

async function runWatch(server: string, step: WatchStep, variables: Variables): Promise<StepResult> {
  const watch = fill(step.watch, variables);
  const events: unknown[] = [];
  const call = open(server, { path: watch.path, ...(watch.headers ? { headers: watch.headers } : {}) });
  const ended = withResolvers();
  const opened = call.response.then(
    (response) => {
      collectLines(response, events, () => watch.count !== undefined && events.length >= watch.count, ended.resolve);
      return response;
    },
    (error: NodeJS.ErrnoException) => {
      ended.resolve(`error ${error.code ?? error.message}`);
      return undefined;
    },
  );
  await Promise.race([opened, sleep(watch.openWithin ?? 1500), ended.promise]);
  for (const inner of step.during ?? []) await runStep(server, inner, variables);
  const timeUp = sleep((watch.seconds ?? 3) * 1000, watch.count === undefined ? 'open' : 'time');
  const end = await Promise.race([ended.promise, timeUp]);
  call.abort();
  const response = await Promise.race([opened, sleep(200, undefined)]);
  capture(step.capture, events, variables);
  return { kind: 'watch', status: response?.statusCode ?? 0, headers: response?.headers ?? {}, ended: end, events };
}

function collectLines(
  response: AsyncIterable<Buffer> & { setEncoding(encoding: 'utf8'): void } & NodeJS.EventEmitter,
  events: unknown[],
  enough: () => boolean,
  finish: (how: string) => void,
): void {
  let rest = '';
  const take = (line: string): void => {
    if (line.trim() !== '') events.push(parseBody(line.trim()));
    if (enough()) finish('count');
  };
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
  });
  const end = (): void => {
    const last = rest;
    rest = '';
    take(last);
    finish('eof');
  };
  response.on('end', end);
  response.on('error', end);
  response.on('close', end);
}

function capture(paths: Readonly<Record<string, string>> | undefined, value: unknown, variables: Variables): void {
  for (const [name, path] of Object.entries(paths ?? {})) variables[name] = dig(value, path);
}

/** Replaces `{{name}}` in every text of a value, keys included. */
function fill<T>(value: T, variables: Variables): T {
  const replace = (text: string): string =>
    text.replace(/\{\{(\w+)\}\}/g, (all, name: string) => (name in variables ? String(variables[name]) : all));
  const walk = (at: unknown): unknown => {
    if (typeof at === 'string') return replace(at);
    if (Array.isArray(at)) return at.map(walk);
    if (at === null || typeof at !== 'object') return at;
    return Object.fromEntries(Object.entries(at).map(([key, inner]) => [replace(key), walk(inner)]));
  };
  return walk(value) as T;
}

/** Promise.withResolvers came with Node 22. */
function withResolvers(): { promise: Promise<string>; resolve: (value: string) => void } {
  let resolve!: (value: string) => void;
  const promise = new Promise<string>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
