import type { KubernetesObject, SelectionPredicate, StoredEvent } from '@orlop/storage-interface';
import type { CacheEvent } from './event-ring.ts';
import { matches } from './match.ts';

/**
 * What a watcher with this selector sees of a change: an object that begins to match is ADDED, one that ceases to is
 * DELETED (the old object under the new revision), one that matches before and after is MODIFIED.
 */
export function translate<T extends KubernetesObject>(
  event: CacheEvent<T>,
  predicate: SelectionPredicate | undefined,
): StoredEvent<T> | undefined {
  const { current, previous } = event;
  const now = current !== undefined && matches(current, predicate);
  const before = previous !== undefined && matches(previous, predicate);
  if (now) return { type: before ? 'MODIFIED' : 'ADDED', object: current };
  if (before) return { type: 'DELETED', object: previous.at(event.revision) };
  return undefined;
}
