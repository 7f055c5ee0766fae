import type { ScenarioRun } from './run-scenario.ts';
import type { Scenario, StepResult } from './scenario.ts';

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const time = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/g;

/**
 * Replaces what differs from run to run by placeholders that keep identity: `<uid:2>` is the second uid seen in the
 * scenario, `<rv:1>` the first resourceVersion of an object. The recordings were made in the same way.
 */
export function normalise(scenario: Scenario, run: ScenarioRun): unknown[] {
  const placeholders = new Placeholders(run);
  const steps = run.results.map((result, i) => normaliseStep(result, scenario.steps[i]!, placeholders));
  return JSON.parse(JSON.stringify(steps)) as unknown[];
}

class Placeholders {
  readonly #namespace: string;
  readonly #random: string;
  readonly #uids = new Map<string, number>();
  readonly #revisions = new Map<string, number>();

  constructor({ variables }: ScenarioRun) {
    this.#namespace = variables.ns;
    this.#random = variables.rand;
  }

  revision(value: string): string {
    return `<rv:${numbered(this.#revisions, value)}>`;
  }

  text(value: string): string {
    let out = value.replaceAll(this.#namespace, '<ns>').replaceAll(this.#random, '<rand>');
    out = out.replace(uuid, (found) => `<uid:${numbered(this.#uids, found)}>`).replace(time, '<time>');
    // Upstream prints a source position here.
    out = out.replace(/in scheme "[^"]*"/g, 'in scheme "<scheme>"');
    for (const [known] of this.#revisions) {
      if (known.length > 2) out = out.replaceAll(`"${known}"`, `"${this.revision(known)}"`);
    }
    return out;
  }
}

function numbered(known: Map<string, number>, value: string): number {
  let number = known.get(value);
  if (number === undefined) {
    number = known.size + 1;
    known.set(value, number);
  }
  return number;
}

function normaliseStep(
  result: StepResult,
  step: { readonly ignore?: readonly string[]; readonly unordered?: boolean } | object,
  placeholders: Placeholders,
): unknown {
  if (result.kind === 'sleep') return result;
  const { ignore = [], unordered = false } = step as { ignore?: readonly string[]; unordered?: boolean };
  const contentType = String(result.headers['content-type'] ?? '').replace(/;\s*charset=utf-8/i, '');
  if (result.kind === 'watch') {
    const events = result.events.map((event) => without(normaliseEvent(event, placeholders), ignore));
    if (unordered) events.sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
    return { kind: 'watch', status: result.status, contentType, ended: result.ended, events };
  }
  const { warning } = result.headers;
  const out: Record<string, unknown> = { kind: 'response', status: result.status, contentType };
  if (warning) out.warning = placeholders.text(String(warning));
  for (const name of ['retry-after', 'location']) if (result.headers[name]) out[name] = result.headers[name];
  out.body = without(normaliseBody(result.body, placeholders), ignore);
  return out;
}

function normaliseEvent(event: unknown, placeholders: Placeholders): unknown {
  if (event === null || typeof event !== 'object') return event;
  const { type, object } = event as { type: unknown; object: unknown };
  return { type, object: normaliseBody(object, placeholders) };
}

function normaliseBody(body: unknown, placeholders: Placeholders): unknown {
  const isList = /List$|^Table$/.test((body as { kind?: string } | null)?.kind ?? '');
  const text = (value: string, path: readonly string[]): string => {
    const key = path.at(-1);
    if (key === 'resourceVersion' && value !== '' && value !== '0') {
      return isList && path.length <= 2 && path[0] === 'metadata' ? '<list-rv>' : placeholders.revision(value);
    }
    if (key === 'continue' && value !== '') return '<continue>';
    if (key === 'time' && path.includes('managedFields')) return '<time>';
    return placeholders.text(value);
  };
  const walk = (value: unknown, path: readonly string[]): unknown => {
    if (typeof value === 'string') return text(value, path);
    if (Array.isArray(value)) return value.map((inner, i) => walk(inner, [...path, String(i)]));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [placeholders.text(k), walk(v, [...path, k])]));
  };
  return walk(body, []);
}

/** Leaves out what a path names; `*` stands for every member. */
function without(value: unknown, paths: readonly string[]): unknown {
  for (const path of paths) {
    const keys = path.split('.');
    const last = keys.pop()!;
    let targets: unknown[] = [value];
    for (const key of keys) {
      targets = targets.flatMap((at) => {
        if (key === '*') return Object.values((at as object | undefined) ?? {});
        const next = (at as Record<string, unknown> | undefined)?.[key];
        return next === undefined ? [] : [next];
      });
    }
    for (const target of targets) {
      if (target === null || typeof target !== 'object') continue;
      for (const key of last === '*' ? Object.keys(target) : [last]) delete (target as Record<string, unknown>)[key];
    }
  }
  return value;
}
