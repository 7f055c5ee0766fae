import { noFields } from './field-set.ts';
import { fieldsOf } from './fields-of.ts';
import type { Managers } from './managers.ts';
import { merge } from './merge.ts';
import { prune } from './prune.ts';
import { reconciledManagers, type Tracked, transfer } from './transfer.ts';
import type {
  ApplyRequest,
  ApplyResult,
  Conflict,
  UpdateRequest,
  Updater,
  UpdaterOptions,
  VersionConverter,
} from './updater.ts';
import { equalValues } from './value.ts';
import { Versions } from './versions.ts';

/** An updater for the objects of one type, or for all: it keeps nothing between calls. */
export function createUpdater({ converter, tracked }: UpdaterOptions = {}): Updater {
  return {
    update: (request) => update(request, converter, tracked),
    apply: (request) => apply(request, converter, tracked),
  };
}

function update(request: UpdateRequest, converter: VersionConverter | undefined, tracked: Tracked): Managers {
  const { version, manager } = request;
  const versions = new Versions(converter);
  const live = { object: request.live, version };
  const managers = reconciledManagers(request.managers, live, versions);
  const next = { object: request.next, version };
  const { added, modified, removed } = transfer(live, next, managers, manager, true, versions, tracked).comparison;
  const before = managers.get(manager);
  const changed = (before?.set ?? noFields).difference(removed).union(modified).union(added);
  const set = tracked?.get(version)?.(changed) ?? changed;
  if (set.empty) managers.delete(manager);
  else if (before === undefined || before.set !== set || before.version !== version || before.applied) {
    managers.set(manager, { set, version, applied: false });
  }
  return managers;
}

function apply(request: ApplyRequest, converter: VersionConverter | undefined, tracked: Tracked): ApplyResult {
  const { version, manager, config, force } = request;
  const versions = new Versions(converter);
  const live = { object: request.live, version };
  const managers = reconciledManagers(request.managers, live, versions);
  const merged = { object: merge(request.live, config), version };
  const last = managers.get(manager);
  const mentioned = fieldsOf(config);
  const set = tracked?.get(version)?.(mentioned) ?? mentioned;
  const same = last?.applied === true && last.version === version && last.set.equals(set);
  managers.set(manager, same ? last : { set, version, applied: true });
  // Who applies again all that it had applied gives nothing up: the sets of configurations hold the parents of what is
  // in them, so nothing of it can go along with something else.
  const givesUp = !same && (last?.version !== version || !last.set.difference(set).empty);
  const result = givesUp ? prune(merged, managers, last, versions) : merged;
  const { conflicts } = transfer(live, result, managers, manager, force, versions, tracked);
  if (hasConflicts(conflicts)) return { conflicts };
  const changed = !equalValues(request.live.value, result.object.value);
  return { conflicts: [], object: changed ? result.object : request.live, changed, managers };
}

const hasConflicts = (conflicts: readonly Conflict[]): conflicts is readonly [Conflict, ...Conflict[]] =>
  conflicts.length > 0;
