import {
  conflict,
  fieldError,
  fieldPath,
  invalid,
  isNotFound,
  type KubernetesObject,
  type Stored,
} from '@orlop/apimachinery';
import {
  beforeCreate,
  beforeUpdate,
  fillSystemFields,
  type RequestContext,
  type UpdatedObjectInfo,
  type UpdateOptions,
  type ValidateObject,
} from '@orlop/rest';
import type { Preconditions, Update } from '@orlop/storage-interface';
import { runAfter } from './after.ts';
import { generatedNameError, ttlOf } from './create.ts';
import { decorated } from './decorate.ts';
import { deleteIn, unstored, updateIn } from './dry-run.ts';
import { keepTimes } from './keep-times.ts';
import { objectKey } from './keys.ts';
import { apiErrorOf } from './map-errors.ts';
import { objectVersion } from './object-version.ts';
import type { StoreParts } from './store-parts.ts';
import { withFinish } from './with-finish.ts';

/** Leaves the storage's update loop: the update has emptied the finalizers of an object that was only waiting for that. */
const finalizersEmptied = new Error('finalizers emptied');

/** One update under way. */
interface Attempt<T extends KubernetesObject> {
  readonly parts: StoreParts<T>;
  readonly context: RequestContext;
  readonly name: string;
  readonly info: UpdatedObjectInfo<T>;
  readonly createValidation: ValidateObject<T>;
  readonly updateValidation: ValidateObject<T>;
  readonly dryRun: boolean;
  /** The object made last, and whether it is to be created. */
  object: T | undefined;
  creating: boolean;
}

/** PUT and PATCH: makes the new state from the live one and writes it, or creates where that is allowed. */
export async function update<T extends KubernetesObject>(
  parts: StoreParts<T>,
  context: RequestContext,
  name: string,
  info: UpdatedObjectInfo<T>,
  createValidation: ValidateObject<T>,
  updateValidation: ValidateObject<T>,
  forceAllowCreate: boolean,
  { dryRun }: UpdateOptions,
): Promise<{ readonly object: Stored<T>; readonly created: boolean }> {
  const key = objectKey(parts, context.request.namespace, name);
  const ignoreNotFound = forceAllowCreate || parts.updateStrategy.allowCreateOnUpdate === true;
  const { preconditions } = info;
  const attempt: Attempt<T> = {
    parts,
    context,
    name,
    info,
    createValidation,
    updateValidation,
    dryRun,
    object: undefined,
    creating: false,
  };
  let stored: Stored<T>;
  try {
    stored = await updateIn(
      parts,
      key,
      (existing) => tryUpdate(attempt, existing),
      preconditions === undefined ? { ignoreNotFound } : { ignoreNotFound, preconditions },
      dryRun,
    );
  } catch (error) {
    if (error === finalizersEmptied) return deleteByUpdate(parts, key, name, attempt.object!, preconditions, dryRun);
    if (!attempt.creating) throw apiErrorOf(error, 'update', parts.resource, name);
    throw generatedNameError(parts, apiErrorOf(error, 'create', parts.resource, name), name, attempt.object!);
  }
  const created = attempt.creating;
  runAfter(parts, created ? 'afterCreate' : 'afterUpdate', stored, dryRun);
  return { object: decorated(parts, stored), created };
}

/** Runs again after each lost race. */
async function tryUpdate<T extends KubernetesObject>(
  attempt: Attempt<T>,
  existing: Stored<T> | undefined,
): Promise<Update<T>> {
  const object = await attempt.info.updatedObject(attempt.context, existing);
  attempt.object = object;
  attempt.creating = existing === undefined;
  const version = objectVersion(object.metadata.resourceVersion);
  return existing === undefined ? tryCreate(attempt, object) : tryChange(attempt, object, version, existing);
}

async function tryCreate<T extends KubernetesObject>(attempt: Attempt<T>, object: T): Promise<Update<T>> {
  const { parts, context, createValidation, dryRun } = attempt;
  fillSystemFields(object.metadata, parts.runtime);
  const finish = await parts.hooks.beginCreate?.(context, object, dryRun);
  return withFinish(finish, parts.runtime.log, async () => {
    beforeCreate(parts.strategy, context, object, parts);
    const pending = createValidation(object, undefined);
    if (pending !== undefined) await pending;
    return updateOf(object, ttlOf(parts, object));
  });
}

async function tryChange<T extends KubernetesObject>(
  attempt: Attempt<T>,
  object: T,
  version: bigint,
  existing: Stored<T>,
): Promise<Update<T>> {
  const { parts, context, updateValidation, dryRun } = attempt;
  const { strategy, updateStrategy, runtime, hooks } = parts;
  const old = existing.object;
  demandVersion(attempt, version, existing.revision);
  object.metadata.resourceVersion = String(existing.revision);

  const finish = await hooks.beginUpdate?.(context, object, old, dryRun);
  return withFinish(finish, runtime.log, async () => {
    beforeUpdate(updateStrategy, context, object, old, parts);
    keepTimes(parts.body.type, object, old);
    const pending = updateValidation(object, old);
    if (pending !== undefined) await pending;
    if (deletedByUpdate(object, old) && strategy.shouldDeleteDuringUpdate?.(context, object, old) !== false) {
      throw finalizersEmptied;
    }
    return updateOf(object, strategy.ttl?.(object, 0, true) ?? 0);
  });
}

const updateOf = <T>(object: T, ttl: number): Update<T> => (ttl > 0 ? { object, ttl } : { object });

/** An update says which version it is based on, or, where the resource allows it, overwrites whatever is there. */
function demandVersion<T extends KubernetesObject>(attempt: Attempt<T>, version: bigint, current: number): void {
  const { parts, name } = attempt;
  if (version === 0n) {
    if (parts.updateStrategy.allowUnconditionalUpdate === true) return;
    // The kind of this error is the resource: clients know it like that.
    throw invalid({ group: parts.resource.group, kind: parts.resource.resource }, name, [
      fieldError.invalid(fieldPath('metadata', 'resourceVersion'), 0, 'must be specified for an update'),
    ]);
  }
  if (version === BigInt(current)) return;
  throw conflict(
    parts.resource,
    name,
    'the object has been modified; please apply your changes to the latest version and try again',
  );
}

/** Whether nothing holds a terminating object any more. */
function deletedByUpdate({ metadata }: KubernetesObject, { metadata: old }: KubernetesObject): boolean {
  return (
    (metadata.finalizers ?? []).length === 0 &&
    old.deletionTimestamp !== undefined &&
    (old.deletionGracePeriodSeconds ?? 0) === 0
  );
}

/** Answers the object as it was sent, under the resourceVersion it had, and removes it. */
async function deleteByUpdate<T extends KubernetesObject>(
  parts: StoreParts<T>,
  key: string,
  name: string,
  object: T,
  preconditions: Preconditions | undefined,
  dryRun: boolean,
): Promise<{ readonly object: Stored<T>; readonly created: boolean }> {
  try {
    const deleted = await deleteIn(parts, key, preconditions === undefined ? {} : { preconditions }, dryRun);
    runAfter(parts, 'afterDelete', deleted, dryRun);
  } catch (error) {
    const failure = apiErrorOf(error, 'delete', parts.resource, name);
    // Several updates may have emptied the finalizers at once; one of them has removed the object.
    if (!isNotFound(failure)) throw failure;
  }
  return { object: unstored(parts, object), created: false };
}
