import type { AbortSignalLike } from '@orlop/apimachinery';
import type { RequestContext, UserInfo } from '@orlop/rest';
import { Warnings } from '../answer/warnings.ts';
import { wantsPretty } from '../negotiation/output.ts';
import type { Query } from '../request/query.ts';
import type { ResolvedRequest } from '../request/request-info.ts';
import type { ServerRequest, ServerResponse } from './exchange.ts';

/** A request under way: its address, who asks, and how to answer. It is the context that the layers below see. */
export class Call implements RequestContext {
  readonly incoming: ServerRequest;
  readonly outgoing: ServerResponse;
  readonly request: ResolvedRequest;
  readonly query: Query;
  readonly auditId: string;
  user: UserInfo;
  /** Set by a deadline; the answer has been given and what a handler still makes is dropped. */
  expired = false;
  #warnings: Warnings | undefined;
  #signal: CallSignal | undefined;

  constructor(
    incoming: ServerRequest,
    outgoing: ServerResponse,
    request: ResolvedRequest,
    query: Query,
    auditId: string,
    user: UserInfo,
  ) {
    this.incoming = incoming;
    this.outgoing = outgoing;
    this.request = request;
    this.query = query;
    this.auditId = auditId;
    this.user = user;
  }

  get signal(): AbortSignalLike {
    if (this.#signal === undefined) {
      const signal = new CallSignal(this.expired || this.outgoing.closed);
      this.#signal = signal;
      this.outgoing.onClose(() => signal.abort());
    }
    return this.#signal;
  }

  warn(text: string): void {
    this.#warnings ??= new Warnings();
    this.#warnings.add(text);
  }

  /** Names and values of the Warning headers by turns. */
  warningHeaders(): readonly string[] {
    return this.#warnings === undefined ? [] : this.#warnings.headers();
  }

  get pretty(): boolean {
    const asked = this.query.has('pretty') ? this.query.text('pretty') : undefined;
    return wantsPretty(asked, this.incoming.header('user-agent'));
  }

  /** The time is over: whoever listens to the signal stops. */
  expire(): void {
    this.expired = true;
    this.#signal?.abort();
  }
}

/** The part of an AbortController that we need, at a tenth of its cost. */
class CallSignal implements AbortSignalLike {
  aborted: boolean;
  #listeners: Set<() => void> | undefined;

  constructor(aborted: boolean) {
    this.aborted = aborted;
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    if (this.aborted) return;
    this.#listeners ??= new Set();
    this.#listeners.add(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners?.delete(listener);
  }

  abort(): void {
    if (this.aborted) return;
    this.aborted = true;
    const listeners = this.#listeners ?? [];
    this.#listeners = undefined;
    for (const listener of listeners) listener();
  }
}
