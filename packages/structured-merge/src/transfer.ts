import { compareBytewise } from '@orlop/schema';
import { type Comparison, compare } from './compare.ts';
import type { FieldFilter } from './field-filter.ts';
import type { ManagedSet } from './managers.ts';
import { type Path, pathText } from './path.ts';
import { reconcile } from './reconcile.ts';
import type { Conflict } from './updater.ts';
import type { Versioned, Versions } from './versions.ts';

export type Tracked = ReadonlyMap<string, FieldFilter> | undefined;

/** What a step works on: managers may be put in and taken out. */
export type OpenManagers = Map<string, ManagedSet>;

/** The managers with their sets in the terms of the present types. Those of a version that is gone are left out. */
export function reconciledManagers(
  managers: ReadonlyMap<string, ManagedSet>,
  live: Versioned,
  versions: Versions,
): OpenManagers {
  const out: OpenManagers = new Map();
  for (const [name, managed] of managers) {
    const object = versions.convert(live, managed.version);
    if (object !== undefined) out.set(name, withSet(managed, reconcile(managed.set, object.type)));
  }
  return out;
}

/** Keeps the object when the set is the same. */
export function withSet(managed: ManagedSet, set: ManagedSet['set']): ManagedSet {
  return set === managed.set ? managed : { ...managed, set };
}

export function onlyTracked(tracked: Tracked, version: string, comparison: Comparison): Comparison {
  const filter = tracked?.get(version);
  if (filter === undefined) return comparison;
  const { added, modified, removed } = comparison;
  return { added: filter(added), modified: filter(modified), removed: filter(removed) };
}

export interface Transfer {
  /** The comparison in the writer's version, and of what is tracked. */
  readonly comparison: Comparison;
  readonly conflicts: readonly Conflict[];
}

/**
 * Takes from every other manager what changed from `before` to `after`: what has another value now, and what is no more.
 * Without force, it takes nothing as soon as somebody owns what has another value.
 */
export function transfer(
  before: Versioned,
  after: Versioned,
  managers: OpenManagers,
  writer: string,
  force: boolean,
  versions: Versions,
  tracked: Tracked,
): Transfer {
  const { version } = before;
  const comparison = onlyTracked(tracked, version, compare(before.object, after.object));
  let others: Map<string, Comparison> | undefined;
  const taken: [name: string, left: ManagedSet][] = [];
  const gone: string[] = [];
  const conflicts: Conflict[] = [];
  for (const [name, managed] of managers) {
    if (name === writer) continue;
    let changes = managed.version === version ? comparison : others?.get(managed.version);
    if (changes === undefined) {
      const left = versions.convert(before, managed.version);
      const right = versions.convert(after, managed.version);
      if (left === undefined || right === undefined) {
        gone.push(name);
        continue;
      }
      changes = onlyTracked(tracked, managed.version, compare(left, right));
      others ??= new Map();
      others.set(managed.version, changes);
    }
    const { set } = managed;
    const lost = set.intersection(changes.modified).union(set.intersection(changes.added));
    if (!lost.empty && !force) conflicts.push(...conflictsOf(name, lost.paths()));
    const left = set.difference(lost).difference(changes.removed);
    if (left !== set) taken.push([name, { ...managed, set: left }]);
  }
  if (conflicts.length === 0) {
    for (const name of gone) managers.delete(name);
    for (const [name, left] of taken) managers.set(name, left);
    dropEmpty(managers);
  }
  return { comparison, conflicts: conflicts.sort((a, b) => compareBytewise(a.manager, b.manager)) };
}

/** The sets were stored, so numbers in them are floating. */
function conflictsOf(manager: string, paths: Iterable<Path>): Conflict[] {
  return Array.from(paths, (path) => ({ manager, path, field: pathText(path, true) }));
}

function dropEmpty(managers: OpenManagers): void {
  for (const [name, { set }] of managers) if (set.empty) managers.delete(name);
}
