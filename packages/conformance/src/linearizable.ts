import type { KeyValue } from '@orlop/storage-interface';
import { sameDeep, show } from './expect.ts';

/** One call as its caller saw it. `start` and `end` are places in one order of all starts and ends. */
export interface Call {
  readonly do: 'get' | 'put' | 'delete';
  readonly key: string;
  /** What a put writes; no two puts of a history write the same. */
  readonly value?: string;
  /** For writes: what the caller believed the key to be at; 0: absent. */
  readonly expected?: number;
  readonly start: number;
  readonly end: number;
  /** `unknown` when the call failed in a way that leaves open whether it was done. */
  readonly result: CallResult | 'unknown';
}

export interface CallResult {
  /** Only of writes. */
  readonly succeeded?: boolean;
  /** Of a successful write its own, else the store's. */
  readonly revision: number;
  /** What was found, by a get or by a lost compare. */
  readonly found?: Found | undefined;
}

export interface Found {
  readonly value: string;
  readonly createRevision: number;
  readonly modRevision: number;
}

/** The part of a key's life from one write to the next. */
interface Span {
  readonly from: number;
  readonly state: Found | undefined;
}

/**
 * Whether a history of concurrent gets, puts and deletes is linearizable: as if each call had happened at one moment
 * between its start and its end. In general that is a hard question. Here every answer carries a revision, so there is
 * only one order that could do: writes at their revisions, everything else right after the revision it tells. It is
 * enough to see that each answer is right at its place, and that no call stands before one that ended before it began.
 * @returns what is wrong, in words; nothing when the history is linearizable
 */
export function linearizabilityViolations(history: readonly Call[]): readonly string[] {
  const calls = history.map((call) => resolve(call, history));
  const keys = [...new Set(calls.map((call) => call.key))];
  return [
    ...sameRevisions(calls),
    ...keys.flatMap((key) => wrongAnswers(calls.filter((call) => call.key === key))),
    ...wrongOrder(calls),
  ];
}

/** A write of unknown outcome was done if somebody saw its value; then it ended whenever it likes. */
function resolve(call: Call, history: readonly Call[]): Call {
  if (call.result !== 'unknown' || call.do !== 'put') return call;
  for (const { key, result } of history) {
    if (key !== call.key || result === 'unknown' || result.found?.value !== call.value) continue;
    const { modRevision } = result.found!;
    return { ...call, end: Number.POSITIVE_INFINITY, result: { succeeded: true, revision: modRevision } };
  }
  return call;
}

type Answered = Call & { readonly result: CallResult };

const answered = (calls: readonly Call[]): readonly Answered[] =>
  calls.filter((call): call is Answered => call.result !== 'unknown');

const writes = (calls: readonly Call[]): readonly Answered[] =>
  answered(calls)
    .filter((call) => call.result.succeeded)
    .sort((a, b) => a.result.revision - b.result.revision);

function sameRevisions(calls: readonly Call[]): readonly string[] {
  const wrong: string[] = [];
  let last: Answered | undefined;
  for (const write of writes(calls)) {
    if (write.result.revision === last?.result.revision)
      wrong.push(`${text(write)} and ${text(last)} share a revision`);
    last = write;
  }
  return wrong;
}

/** Of the calls of one key, those whose answer does not fit the state that the writes before it have made. */
function wrongAnswers(calls: readonly Call[]): readonly string[] {
  const wrong: string[] = [];
  const spans: Span[] = [{ from: 0, state: undefined }];
  const open = calls.filter((call) => call.result === 'unknown' && call.do === 'delete');
  for (const write of writes(calls)) {
    const { revision } = write.result;
    let current = spans.at(-1)!.state;
    if (current && write.expected === 0 && deletedBy(open, current)) {
      spans.push({ from: firstAbsence(calls, current.modRevision, revision), state: undefined });
      current = undefined;
    }
    if (write.expected !== (current?.modRevision ?? 0)) {
      wrong.push(`${text(write)} succeeded upon ${show(current)}`);
    }
    const { value = '' } = write;
    const createRevision = current?.createRevision ?? revision;
    spans.push({
      from: revision,
      state: write.do === 'put' ? { value, createRevision, modRevision: revision } : undefined,
    });
  }
  const { state } = spans.at(-1)!;
  if (state && deletedBy(open, state)) {
    const from = firstAbsence(calls, state.modRevision, Number.POSITIVE_INFINITY);
    spans.push({ from, state: undefined });
  }

  for (const call of answered(calls)) {
    if (call.result.succeeded) continue;
    const { state: there } = spans.findLast((span) => span.from <= call.result.revision)!;
    if (!sameDeep(call.result.found, there))
      wrong.push(`${text(call)} found ${show(call.result.found)}, not ${show(there)}`);
    if (call.do !== 'get' && call.expected === (there?.modRevision ?? 0) && (there || call.do === 'put')) {
      wrong.push(`${text(call)} lost although its expectation held`);
    }
  }
  return wrong;
}

const deletedBy = (open: readonly Call[], state: Found): boolean =>
  open.some((call) => call.expected === state.modRevision);

/** The first revision after `after` at which somebody found nothing; at the latest right before `before`. */
function firstAbsence(calls: readonly Call[], after: number, before: number): number {
  const absent = answered(calls)
    .filter(({ result }) => !result.succeeded && result.found === undefined && result.revision > after)
    .map(({ result }) => result.revision);
  return Math.min(before - 0.5, ...absent);
}

/** Walks through starts and ends; a call must not stand before the furthest place of those that had ended. */
function wrongOrder(calls: readonly Call[]): readonly string[] {
  const wrong: string[] = [];
  const done = [...answered(calls)].sort((a, b) => a.end - b.end);
  let ended = 0;
  let furthest: Answered | undefined;
  for (const call of [...answered(calls)].sort((a, b) => a.start - b.start)) {
    for (; ended < done.length && done[ended]!.end < call.start; ended++) {
      if (done[ended]!.result.revision > (furthest?.result.revision ?? 0)) furthest = done[ended];
    }
    const least = (furthest?.result.revision ?? 0) + (call.result.succeeded ? 1 : 0);
    if (call.result.revision < least) wrong.push(`${text(call)} began after the end of ${text(furthest!)}`);
  }
  return wrong;
}

function text({ do: what, key, value, expected, result }: Call): string {
  const asked = [what, key, value, expected === undefined ? '' : `expecting ${expected}`];
  const answer = result === 'unknown' ? 'of unknown outcome' : `at revision ${result.revision}`;
  return [...asked, answer].filter((part) => part !== undefined && part !== '').join(' ');
}

/** What a call found, with its value as text. */
export const foundIn = (kv: KeyValue | undefined): Found | undefined =>
  kv && {
    value: String.fromCharCode(...kv.value),
    createRevision: kv.createRevision,
    modRevision: kv.modRevision,
  };
