import { type StoredEvent, systemRuntime } from '@orlop/apimachinery';
import type { Observable, Subscription } from 'rxjs';
import { ConformanceFailure, equal, show } from '../expect.ts';
import { placeOf, type Vessel } from './vessel.ts';

type Event = StoredEvent<Vessel>;

const { after } = systemRuntime().timers;
/** How long an event may take to come. */
const patience = 3_000;
/** How long nothing must happen to count as silence. */
const silence = 120;

/** Subscribes to a watch at once and keeps what it delivers until a case asks for it. */
export class WatchRecorder {
  readonly #subscription: Subscription;
  readonly #events: Event[] = [];
  #taken = 0;
  #completed = false;
  #failure: unknown;
  #wake = (): void => {};

  constructor(watch: Observable<Event>) {
    this.#subscription = watch.subscribe({
      next: (event) => {
        this.#events.push(event);
        this.#wake();
      },
      error: (error: unknown) => {
        this.#failure = error;
        this.#completed = true;
        this.#wake();
      },
      complete: () => {
        this.#completed = true;
        this.#wake();
      },
    });
  }

  /** Everything delivered so far. */
  get all(): readonly Event[] {
    return this.#events;
  }

  /** The next event nobody has asked for yet. */
  async next(what = 'the next event'): Promise<Event> {
    await this.#until(() => this.#taken < this.#events.length || this.#completed, patience);
    const event = this.#events[this.#taken];
    if (event === undefined) {
      throw new ConformanceFailure(`${what}: nothing came${this.#completed ? ', the watch has ended' : ''}`);
    }
    this.#taken++;
    return event;
  }

  /** The next event must be one of an object: `ADDED ns/a`. Returns it. */
  async expect(text: string, what = text): Promise<Extract<Event, { object: unknown }>> {
    const event = await this.next(what);
    equal(eventText(event), text, what);
    return event as Extract<Event, { object: unknown }>;
  }

  /** The next event must be a bookmark. Returns it. */
  async expectBookmark(what: string): Promise<Extract<Event, { type: 'BOOKMARK' }>> {
    const event = await this.next(what);
    if (event.type !== 'BOOKMARK') throw new ConformanceFailure(`${what}: got ${eventText(event)}`);
    return event;
  }

  /** The next event must be an error, and the end. Returns the error. */
  async expectError(what: string): Promise<Error> {
    const event = await this.next(what);
    if (event.type !== 'ERROR') throw new ConformanceFailure(`${what}: got ${eventText(event)}`);
    await this.expectEnd(what);
    return event.error;
  }

  /** Nothing more comes for a while. */
  async expectSilence(what: string): Promise<void> {
    await this.#until(() => this.#taken < this.#events.length, silence);
    const event = this.#events[this.#taken];
    if (event !== undefined) throw new ConformanceFailure(`${what}: unexpected ${eventText(event)}`);
  }

  /** The watch ends without another event. */
  async expectEnd(what: string): Promise<void> {
    await this.#until(() => this.#completed || this.#taken < this.#events.length, patience);
    const event = this.#events[this.#taken];
    if (event !== undefined) throw new ConformanceFailure(`${what}: unexpected ${eventText(event)}`);
    if (!this.#completed) throw new ConformanceFailure(`${what}: the watch goes on`);
    if (this.#failure !== undefined) throw new ConformanceFailure(`${what}: ended with ${show(this.#failure)}`);
  }

  /** The watch ends, with an ERROR or without one, and nothing else comes before. Returns the error. */
  async expectOver(what: string): Promise<Error | undefined> {
    await this.#until(() => this.#completed || this.#taken < this.#events.length, patience);
    if (this.#events[this.#taken]?.type === 'ERROR') return this.expectError(what);
    await this.expectEnd(what);
    return undefined;
  }

  stop(): void {
    this.#subscription.unsubscribe();
  }

  async #until(done: () => boolean, milliseconds: number): Promise<void> {
    if (done()) return;
    await new Promise<void>((resolve) => {
      const cancel = after(milliseconds, resolve);
      this.#wake = () => {
        if (!done()) return;
        cancel();
        resolve();
      };
    });
    this.#wake = () => {};
  }
}

/** `ADDED ns/a`, `BOOKMARK`, `ERROR <message>`. */
export function eventText(event: Event): string {
  if (event.type === 'BOOKMARK') return 'BOOKMARK';
  if (event.type === 'ERROR') return `ERROR ${event.error.message}`;
  return `${event.type} ${placeOf(event.object.key)}`;
}

/** Lets that much time pass. */
export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    after(milliseconds, resolve);
  });
