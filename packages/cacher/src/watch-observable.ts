import { Observable } from 'rxjs/internal/Observable';
import { SafeSubscriber, type Subscriber } from 'rxjs/internal/Subscriber';
import type { Subscription } from 'rxjs/internal/Subscription';
import type { Observer, TeardownLogic } from 'rxjs/internal/types';

type Next<E> = (event: E) => void;
type ObserverOrNext<E> = Partial<Observer<E>> | Next<E> | null | undefined;

/**
 * An Observable that knows the bare function behind a subscriber. RxJS puts two objects and a check of each in front of
 * what a user subscribes, which costs several times what calling it does; a source that tells thousands of the same event
 * calls the functions themselves. Operators subscribe with a Subscriber of their own and notice nothing.
 */
export class WatchObservable<E> extends Observable<E> {
  /**
   * @param start as for an Observable; `next` does what `subscriber.next` does, but may throw what the user's function
   * throws, and does not look whether the subscription is over
   */
  constructor(start: (subscriber: Subscriber<E>, next: Next<E>) => TeardownLogic) {
    super((subscriber) =>
      start(subscriber, subscriber instanceof PlainSubscriber ? subscriber.plain : (event) => subscriber.next(event)),
    );
  }

  override subscribe(observerOrNext?: Partial<Observer<E>> | Next<E>): Subscription;
  override subscribe(
    next?: Next<E> | null,
    error?: ((error: unknown) => void) | null,
    complete?: (() => void) | null,
  ): Subscription;
  override subscribe(
    observerOrNext?: ObserverOrNext<E>,
    error?: ((error: unknown) => void) | null,
    complete?: (() => void) | null,
  ): Subscription {
    const plain = plainNext(observerOrNext);
    if (plain === undefined) return super.subscribe(observerOrNext as Next<E>, error, complete);
    return super.subscribe(new PlainSubscriber(plain, observerOrNext, error, complete));
  }
}

/** What Observable makes of a plain observer, and the function that observer has. */
class PlainSubscriber<E> extends SafeSubscriber<E> {
  readonly plain: Next<E>;

  constructor(
    plain: Next<E>,
    observerOrNext: ObserverOrNext<E>,
    error: ((error: unknown) => void) | null | undefined,
    complete: (() => void) | null | undefined,
  ) {
    super(observerOrNext, error, complete);
    this.plain = plain;
  }
}

/** The function to call; undefined for whatever has a state of its own, as Subscribers and Subjects do. */
function plainNext<E>(observer: ObserverOrNext<E>): Next<E> | undefined {
  if (typeof observer === 'function') return observer;
  if (observer == null || 'closed' in observer || typeof observer.next !== 'function') return undefined;
  return (event) => observer.next?.(event);
}
