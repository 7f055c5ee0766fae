import { invalidArgument } from '@orlop/storage-interface';
import type { State } from './state.ts';

/** A moment of a memory backend, kept. Opaque; costs nothing until the store moves on, and then only the difference. */
export interface MemorySnapshot {
  /** The store's revision at that moment. */
  readonly revision: number;
}

const states = new WeakMap<MemorySnapshot, State>();

/** Keeps `state`, which nobody changes afterwards. */
export function snapshotOf(state: State): MemorySnapshot {
  const snapshot: MemorySnapshot = Object.freeze({ revision: state.revision });
  states.set(snapshot, state);
  return snapshot;
}

/** @throws InvalidArgument for anything that snapshotOf did not make */
export function stateOf(snapshot: MemorySnapshot): State {
  const state = states.get(snapshot);
  if (!state) throw invalidArgument('not a snapshot of a memory backend');
  return state;
}
