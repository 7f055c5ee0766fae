import type { KubernetesObject, SelectionPredicate } from '@orlop/storage-interface';
import type { CacheEvent } from './event-ring.ts';
import { exactField, fieldOf } from './match.ts';
import { type Watcher, WatchGroup } from './watch-group.ts';

/** What a watcher wants to see. */
export interface Interest {
  /** `/pods/`, `/pods/ns/` or `/pods/ns/name`. */
  readonly scope: string;
  readonly predicate: SelectionPredicate | undefined;
}

/** Fields every resource has; a selector that asks one value of them chooses few watchers. */
const usualFields = ['metadata.name', 'metadata.namespace'];

/**
 * Hands each event to the watchers it can concern, and to no others: by the collections above the key, then by the value
 * of an indexed field where the watcher's selector asks for one. Watchers with one interest are a group, for which an event
 * is translated once.
 */
export class Dispatcher<T extends KubernetesObject> {
  readonly #fields: readonly string[];
  readonly #scopes = new Map<string, Scope<T>>();
  #count = 0;

  constructor(indexedFields: readonly string[] = []) {
    this.#fields = [...indexedFields, ...usualFields];
  }

  /** How many watchers there are. */
  get count(): number {
    return this.#count;
  }

  /** How many prefixes and keys are watched. */
  get scopes(): number {
    return this.#scopes.size;
  }

  /** The returned function takes the watcher out again. */
  add(interest: Interest, watcher: Watcher<T>): () => void {
    let scope = this.#scopes.get(interest.scope);
    if (scope === undefined) {
      scope = new Scope();
      this.#scopes.set(interest.scope, scope);
    }
    const { predicate } = interest;
    const exact = interest.scope.endsWith('/') ? exactField(predicate, this.#fields) : undefined;
    const address = exact === undefined ? '' : `${exact.field}=${exact.value}`;
    const selector = predicate === undefined ? '' : `${predicate.label.toString()}\n${predicate.field.toString()}`;
    const group = scope.group(exact?.field, address, selector, predicate);
    const member = group.add(watcher);
    this.#count++;
    let present = true;
    return () => {
      if (!present) return;
      present = false;
      this.#count--;
      group.remove(member);
      if (group.size > 0) return;
      scope.leave(exact?.field, address, selector, group);
      if (scope.empty && this.#scopes.get(interest.scope) === scope) this.#scopes.delete(interest.scope);
    };
  }

  /** @returns how many watchers were told */
  dispatch(change: CacheEvent<T>): number {
    if (this.#count === 0) return 0;
    const { key } = change;
    let told = 0;
    // Every collection above the key, then the key itself.
    for (let slash = key.indexOf('/', 1); slash >= 0; slash = key.indexOf('/', slash + 1)) {
      told += this.#scopes.get(key.slice(0, slash + 1))?.dispatch(change) ?? 0;
    }
    return told + (this.#scopes.get(key)?.dispatch(change) ?? 0);
  }

  /** Ends every watch, e.g. because the cache had to begin anew. */
  endAll(): void {
    const groups = [...this.#scopes.values()].flatMap((scope) => scope.groups());
    for (const group of groups) group.endAll();
  }
}

/** The groups of one scope, by the field value they are interested in. */
class Scope<T extends KubernetesObject> {
  /** By `field=value`; the empty text holds those that no index leads to. */
  readonly #addresses = new Map<string, Map<string, WatchGroup<T>>>();
  /** Fields in use, and by how many addresses. */
  readonly #fields = new Map<string, number>();

  get empty(): boolean {
    return this.#addresses.size === 0;
  }

  groups(): WatchGroup<T>[] {
    return [...this.#addresses.values()].flatMap((groups) => [...groups.values()]);
  }

  group(
    field: string | undefined,
    address: string,
    selector: string,
    predicate: SelectionPredicate | undefined,
  ): WatchGroup<T> {
    let groups = this.#addresses.get(address);
    if (groups === undefined) {
      groups = new Map();
      this.#addresses.set(address, groups);
      if (field !== undefined) this.#fields.set(field, (this.#fields.get(field) ?? 0) + 1);
    }
    let group = groups.get(selector);
    if (group === undefined) {
      group = new WatchGroup(predicate);
      groups.set(selector, group);
    }
    return group;
  }

  leave(field: string | undefined, address: string, selector: string, group: WatchGroup<T>): void {
    const groups = this.#addresses.get(address);
    if (groups === undefined || groups.get(selector) !== group) return;
    groups.delete(selector);
    if (groups.size > 0) return;
    this.#addresses.delete(address);
    if (field === undefined) return;
    const users = this.#fields.get(field)! - 1;
    if (users === 0) this.#fields.delete(field);
    else this.#fields.set(field, users);
  }

  dispatch(change: CacheEvent<T>): number {
    let told = this.#tell('', change);
    for (const field of this.#fields.keys()) {
      const now = change.current && fieldOf(change.current, field);
      const before = change.previous && fieldOf(change.previous, field);
      if (now !== undefined) told += this.#tell(`${field}=${now}`, change);
      // Who watched the old value learns that the object is gone from there.
      if (before !== undefined && before !== now) told += this.#tell(`${field}=${before}`, change);
    }
    return told;
  }

  #tell(address: string, change: CacheEvent<T>): number {
    const groups = this.#addresses.get(address);
    if (groups === undefined) return 0;
    let told = 0;
    for (const group of groups.values()) told += group.dispatch(change);
    return told;
  }
}
