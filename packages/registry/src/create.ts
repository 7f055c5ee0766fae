import {
  ApiError,
  generateName,
  generateNameConflict,
  isAlreadyExists,
  type KubernetesObject,
  type Stored,
} from '@orlop/apimachinery';
import {
  beforeCreate,
  type CreateOptions,
  deepCopy,
  fillSystemFields,
  type RequestContext,
  type ValidateObject,
} from '@orlop/rest';
import { runAfter } from './after.ts';
import { decorated } from './decorate.ts';
import { createIn } from './dry-run.ts';
import { objectKey } from './keys.ts';
import { apiErrorOf } from './map-errors.ts';
import type { StoreParts } from './store-parts.ts';
import { withFinish } from './with-finish.ts';

/** How many names are tried for a generateName before the client has to. */
const generatedNames = 8;

/**
 * Stores a new object. The order is fixed: identity and name, begin hook, strategy, validating admission, storage, finish,
 * after hook.
 */
export async function create<T extends KubernetesObject>(
  parts: StoreParts<T>,
  context: RequestContext,
  object: T,
  validate: ValidateObject<T>,
  options: CreateOptions,
): Promise<Stored<T>> {
  const { name = '', generateName: base = '' } = object.metadata;
  if (name !== '' || base === '') return createOnce(parts, context, object, validate, options);
  for (let attempt = 1; ; attempt++) {
    try {
      return await createOnce(parts, context, deepCopy(object), validate, options);
    } catch (error) {
      if (attempt === generatedNames || !isAlreadyExists(error)) throw error;
    }
  }
}

async function createOnce<T extends KubernetesObject>(
  parts: StoreParts<T>,
  context: RequestContext,
  object: T,
  validate: ValidateObject<T>,
  { dryRun }: CreateOptions,
): Promise<Stored<T>> {
  const { strategy, hooks, runtime } = parts;
  const { metadata } = object;
  fillSystemFields(metadata, runtime);
  if ((metadata.name ?? '') === '' && (metadata.generateName ?? '') !== '') {
    metadata.name = generateName(metadata.generateName!, runtime.random);
  }
  const finish = await hooks.beginCreate?.(context, object, dryRun);
  const stored = await withFinish(finish, runtime.log, async () => {
    beforeCreate(strategy, context, object, parts);
    const pending = validate(object, undefined);
    if (pending !== undefined) await pending;
    const name = object.metadata.name ?? '';
    const key = objectKey(parts, object.metadata.namespace ?? '', name);
    try {
      return await createIn(parts, key, object, ttlOf(parts, object), dryRun);
    } catch (error) {
      throw await creationError(parts, error, key, name, object);
    }
  });
  runAfter(parts, 'afterCreate', stored, dryRun);
  return decorated(parts, stored);
}

/** Seconds the new object lives, 0 for ever. */
export function ttlOf<T extends KubernetesObject>({ strategy }: StoreParts<T>, object: T): number {
  return strategy.ttl?.(object, 0, false) ?? 0;
}

/** What became of a creation: a taken name is told apart by whether it was generated and whether its owner is going. */
async function creationError<T extends KubernetesObject>(
  parts: StoreParts<T>,
  cause: unknown,
  key: string,
  name: string,
  object: T,
): Promise<unknown> {
  const error = generatedNameError(parts, apiErrorOf(cause, 'create', parts.resource, name), name, object);
  if (!isAlreadyExists(error)) return error;
  try {
    const existing = await parts.storage.get(key, { ignoreNotFound: true });
    if (existing?.object.metadata.deletionTimestamp === undefined) return error;
  } catch {
    return error;
  }
  const { status } = error as ApiError;
  return new ApiError({ ...status, message: `object is being deleted: ${status.message}` }, { cause });
}

/** A client that gave a generateName is told to try again. */
export function generatedNameError<T extends KubernetesObject>(
  { resource }: StoreParts<T>,
  error: unknown,
  name: string,
  object: T,
): unknown {
  if (!isAlreadyExists(error) || (object.metadata.generateName ?? '') === '') return error;
  return generateNameConflict(resource, name, 1);
}
