import { badRequest, type KubernetesObject, unclassified } from '@orlop/apimachinery';
import { fromUnstructured, type TypeNode } from '@orlop/schema';
import { TypedError, type TypedValue, typedValue, type Updater } from '@orlop/structured-merge';
import { ApplyConflicts } from './apply-conflicts.ts';
import { kindOf, kindText, textOf } from './check-version.ts';
import type { Configuration, Link } from './link.ts';

export interface MergeOptions {
  readonly type: TypeNode;
  readonly apiVersion: string;
  readonly updater: Updater;
  /** Fills and settles the merged object. */
  complete(object: KubernetesObject): void;
}

/** The innermost link: compares and merges by the type. */
export function mergeFields({ type, apiVersion: version, updater, complete }: MergeOptions): Link {
  return {
    update({ live, next, managed, manager }) {
      const [before, after] = [
        { type, value: live },
        { type, value: next },
      ];
      try {
        const fields = updater.update({ live: before, next: after, version, managers: managed.fields, manager });
        return { fields, times: managed.times };
      } catch (error) {
        if (!(error instanceof TypedError)) throw error;
        // Comparing does not say where it failed. Looking through both objects does, and costs nothing where all is well.
        typed(type, next, true, `failed to convert new object (${described({ ...next })}) to smd typed`);
        typed(type, live, true, `failed to convert live object (${described({ ...live })}) to smd typed`);
        throw error;
      }
    },

    apply({ live, applied, managed, manager, force }) {
      if (managedFieldsOf(applied) !== undefined) throw badRequest('metadata.managedFields must be nil');
      const config = typed(type, applied, false, `failed to create typed patch object (${described(applied)})`);
      const before = typed(type, live, true, `failed to create typed live object (${described({ ...live })})`);
      const result = merged(() =>
        updater.apply({ live: before, config, version, managers: managed.fields, manager, force }),
      );
      if (!('object' in result)) throw new ApplyConflicts(result.conflicts);
      const left = { fields: result.managers, times: managed.times };
      if (!result.changed) return { object: undefined, managed: left };
      const object = typedObject(type, result.object, applied, live);
      complete(object);
      return { object, managed: left };
    },
  };
}

function managedFieldsOf({ metadata }: Configuration): unknown {
  if (typeof metadata !== 'object' || metadata === null) return undefined;
  return (metadata as Configuration)['managedFields'] ?? undefined;
}

/** @throws an error without a reason (500), whatever validation was asked for: that is what Kubernetes answers */
function typed(type: TypeNode, value: unknown, allowDuplicates: boolean, what: string): TypedValue {
  try {
    return typedValue(type, value, { allowDuplicates });
  } catch (error) {
    throw error instanceof TypedError ? unclassified(`${what}: ${error.message}`) : error;
  }
}

function merged<T>(merge: () => T): T {
  try {
    return merge();
  } catch (error) {
    throw error instanceof TypedError ? unclassified(`failed to merge config: ${error.message}`) : error;
  }
}

function typedObject(
  type: TypeNode,
  { value }: TypedValue,
  applied: Configuration,
  live: KubernetesObject,
): KubernetesObject {
  let object: KubernetesObject;
  try {
    object = fromUnstructured(type, value).value as KubernetesObject;
  } catch (error) {
    const what = `failed to convert new object (${described(applied)}) to proper version`;
    const why = `unable to convert unstructured object to ${kindText(kindOf(applied))}: ${(error as Error).message}`;
    throw unclassified(`${what}: ${why}`);
  }
  object.apiVersion = live.apiVersion;
  object.kind = live.kind;
  object.metadata ??= {};
  return object;
}

/** Namespace, name and kind of an object that may be anything. */
function described(object: Configuration): string {
  const metadata = (object['metadata'] ?? {}) as Configuration;
  return `${textOf(metadata['namespace'])}/${textOf(metadata['name'])}; ${kindText(kindOf(object))}`;
}
