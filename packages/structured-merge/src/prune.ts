import { atomOf } from './atom.ts';
import type { FieldSet } from './field-set.ts';
import { noFields } from './field-set.ts';
import { fieldsOf } from './fields-of.ts';
import type { ManagedSet } from './managers.ts';
import { withNamedFields } from './named-fields.ts';
import { remove } from './remove.ts';
import type { OpenManagers } from './transfer.ts';
import type { TypedValue } from './typed-value.ts';
import type { Versioned, Versions } from './versions.ts';

/**
 * Takes out of the merged object what its applier had applied before (`last`) and neither it nor anybody else owns now.
 * Items and maps go as a whole, with what nobody owns in them; parts that somebody owns stay, with all on the way to
 * them. The result is in the version of the merged object.
 */
export function prune(
  merged: Versioned,
  managers: OpenManagers,
  last: ManagedSet | undefined,
  versions: Versions,
): Versioned {
  if (last === undefined || last.set.empty) return merged;
  const asLast = versions.convert(merged, last.version);
  if (asLast === undefined) return merged;
  const whole: Versioned = { object: asLast, version: last.version };
  const bare: Versioned = { object: remove(asLast, named(last.set, asLast)), version: last.version };
  const owned = withOwned(whole, bare, managers, versions);
  const pruned = onlyOf(last, whole, owned, versions);
  const object = versions.convert(pruned, merged.version);
  return object === undefined ? merged : { object, version: merged.version };
}

function named(set: FieldSet, { type }: TypedValue): FieldSet {
  return withNamedFields(set, atomOf(type));
}

/**
 * Puts back what others own, or the applier still does. Version by version, that of the pruned object first: a converter
 * may need fields that were taken out.
 */
function withOwned(whole: Versioned, bare: Versioned, managers: OpenManagers, versions: Versions): Versioned {
  const owned = new Map<string, FieldSet>();
  for (const { version, set } of managers.values()) owned.set(version, (owned.get(version) ?? noFields).union(set));
  const others = [...owned.keys()].filter((version) => version !== whole.version).sort();
  let all = whole;
  let rest = bare;
  for (const version of owned.has(whole.version) ? [whole.version, ...others] : others) {
    const from = versions.convert(all, version);
    const to = versions.convert(rest, version);
    if (from === undefined || to === undefined) continue;
    const kept = named(fieldsOf(to), from).union(named(owned.get(version) as FieldSet, from));
    all = { object: from, version };
    rest = { object: remove(from, named(fieldsOf(from), from).difference(kept)), version };
  }
  return rest;
}

/** Puts back what went along with its parent though the applier had never owned it. */
function onlyOf(last: ManagedSet, whole: Versioned, pruned: Versioned, versions: Versions): Versioned {
  const object = versions.convert(pruned, last.version);
  if (object === undefined) return whole;
  const all = named(fieldsOf(whole.object), whole.object);
  const gone = all.difference(named(fieldsOf(object), whole.object));
  return { object: remove(whole.object, gone.intersection(named(last.set, whole.object))), version: last.version };
}
