import { createInformer, pulled, resuming, type WatchStart } from '@orlop/storage';
import type { Pace, Stored, StoredEvent } from '@orlop/storage-interface';
import { type Observable, Subject, takeUntil, tap } from 'rxjs';
import type { Interest } from './interest.ts';
import { Life } from './life.ts';
import type { Random } from './random.ts';
import type { Vessel } from './resource.ts';

export type FollowerKind = 'resuming' | 'informer' | 'pulled';

export interface FollowerParts {
  readonly name: string;
  readonly kind: FollowerKind;
  readonly interest: Interest;
  readonly random: Random;
  readonly open: (start: WatchStart, pace?: Pace) => Observable<StoredEvent<Vessel>>;
  readonly complain: (what: string) => void;
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * A client that keeps its own copy of what it is interested in, with the means a user has. Its connection is cut now and
 * then, and sometimes it forgets everything and begins anew. All it is told is checked on the way.
 */
export class Follower {
  readonly name: string;
  readonly interest: Interest;
  events = 0;
  lives = 0;
  /** How often it had to begin with the whole state. */
  beginnings = 0;
  readonly #parts: FollowerParts;
  readonly #cut = new Subject<void>();
  #view: ReadonlyMap<string, Stored<Vessel>> = new Map();
  #seen = 0;
  #stop: () => void = () => {};

  constructor(parts: FollowerParts) {
    this.#parts = parts;
    this.name = `${parts.name} (${parts.kind}, ${parts.interest.title})`;
    this.interest = parts.interest;
    this.begin();
  }

  get view(): ReadonlyMap<string, Stored<Vessel>> {
    return this.#view;
  }

  /** As a client that has just been started. */
  begin(): void {
    this.stop();
    this.#seen = 0;
    switch (this.#parts.kind) {
      case 'informer':
        this.#inform();
        break;
      case 'resuming':
        this.#keep(resuming((start) => this.#open(start)));
        break;
      case 'pulled':
        this.#pull();
    }
  }

  /** The connection breaks; the client does not know why. */
  cut(): void {
    this.#cut.next();
  }

  stop(): void {
    this.#stop();
  }

  #open(start: WatchStart, pace?: Pace): Observable<StoredEvent<Vessel>> {
    this.lives++;
    if (start.sendInitialEvents) this.beginnings++;
    const life = new Life(start, this.#seen, (what) => this.#complain(what));
    return this.#parts.open(start, pace).pipe(
      takeUntil(this.#cut),
      tap((event) => {
        life.take(event);
        if (event.type === 'BOOKMARK') this.#seen = Math.max(this.#seen, event.resourceVersion);
        else if (event.type !== 'ERROR') this.#seen = Math.max(this.#seen, event.object.revision);
      }),
    );
  }

  #keep(events: Observable<StoredEvent<Vessel>>): void {
    const view = new Map<string, Stored<Vessel>>();
    this.#view = view;
    const subscription = events.subscribe({
      next: (event) => this.#apply(view, event),
      error: (error: unknown) => this.#complain(`ended with ${String(error)}`),
      complete: () => this.#complain('ended'),
    });
    this.#stop = () => subscription.unsubscribe();
  }

  #inform(): void {
    const note = (type: 'ADDED' | 'MODIFIED' | 'DELETED', object: Stored<Vessel>, old?: Stored<Vessel>): void => {
      this.events++;
      if (old !== undefined && old.revision >= object.revision) {
        this.#complain(`${type} ${object.key}@${object.revision} after ${old.revision}`);
      }
    };
    const informer = createInformer<Vessel>({
      watch: (start) => this.#open(start),
      onAdd: (object) => note('ADDED', object),
      onUpdate: (object, old) => note('MODIFIED', object, old),
      onDelete: (object) => note('DELETED', object),
    });
    informer.synced.catch((error: unknown) => this.#complain(`not synced: ${String(error)}`));
    this.#view = informer.store;
    this.#stop = () => informer.stop();
  }

  /** Works on each event for a while; the watch has to wait for it. */
  #pull(): void {
    const view = new Map<string, Stored<Vessel>>();
    this.#view = view;
    const { random } = this.#parts;
    let going = true;
    const events = pulled((pace) => resuming((start) => this.#open(start, pace)), { room: 5 })[Symbol.asyncIterator]();
    const run = async (): Promise<void> => {
      for (let next = await events.next(); !next.done && going; next = await events.next()) {
        this.#apply(view, next.value);
        if (random.chance(0.02)) await pause(random.integer(150));
      }
      if (going) this.#complain('ended');
    };
    run().catch((error: unknown) => this.#complain(`ended with ${String(error)}`));
    this.#stop = () => {
      going = false;
      void events.return?.();
    };
  }

  #apply(view: Map<string, Stored<Vessel>>, event: StoredEvent<Vessel>): void {
    if (event.type === 'ERROR') this.#complain(`got ${event.error.message}`);
    if (event.type === 'ERROR' || event.type === 'BOOKMARK') return;
    this.events++;
    const { key, revision } = event.object;
    const known = view.get(key);
    if ((event.type === 'ADDED') !== (known === undefined)) {
      this.#complain(`${event.type} ${key}@${revision}, where it knows ${known?.revision ?? 'none'}`);
    }
    if (known !== undefined && known.revision >= revision) {
      this.#complain(`${event.type} ${key}@${revision} after ${known.revision}`);
    }
    if (event.type === 'DELETED') view.delete(key);
    else view.set(key, event.object);
  }

  #complain(what: string): void {
    this.#parts.complain(`${this.name}: ${what}`);
  }
}
