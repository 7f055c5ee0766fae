import {
  type FieldErrorList,
  fieldError,
  fieldPath,
  type KubernetesObject,
  nameIsDNSSubdomain,
  validateObjectMeta,
  validateObjectMetaUpdate,
} from '@orlop/apimachinery';
import { deepCopy } from './copy-object.ts';
import { deepEqual } from './deep-equal.ts';
import type { Rules } from './rules/index.ts';
import type { SchemaCheck } from './schema-validation.ts';
import type { Strategy, UpdateStrategy } from './strategy.ts';

type Members = Record<string, unknown>;

/** What the two strategies of a user-defined kind are made of. */
export interface CustomStrategyParts<T> {
  readonly namespaced: boolean;
  /** Status is written through its own subresource only. */
  readonly status: boolean;
  readonly schema: SchemaCheck;
  /** Demands beyond the schema; they run on objects that fulfil it. */
  readonly rules: Rules<T>;
  /** Where a scale subresource keeps the wanted size. */
  readonly specReplicasPath: string | undefined;
  readonly specReplicas: (object: T) => unknown;
}

/**
 * The rules of a user-defined kind are those of a custom resource: generation 1 on creation and one more with every
 * change outside metadata (and outside status, where that is a subresource), updates only with a resourceVersion.
 */
export function customStrategy<T extends KubernetesObject>(parts: CustomStrategyParts<T>): Strategy<T> {
  const validate = customValidation(parts);
  return {
    ...(parts.status ? { resetFields: ['status'] } : {}),
    prepareForCreate(_context, object) {
      if (parts.status) delete (object as Members)['status'];
      object.metadata.generation = 1;
    },
    validate: (context, object) => [
      ...validateObjectMeta(object.metadata, {
        namespaced: parts.namespaced,
        nameRule: nameIsDNSSubdomain,
        path: fieldPath('metadata'),
      }),
      ...validate(object, undefined, context.request.apiVersion),
    ],
    prepareForUpdate(_context, object, old) {
      if (parts.status) keep('status', object, old);
      if (changed(object, old, parts.status)) object.metadata.generation = (old.metadata.generation ?? 0) + 1;
    },
    validateUpdate: (context, object, old) => [
      ...validateObjectMetaUpdate(object.metadata, old.metadata, fieldPath('metadata')),
      ...validate(object, old, context.request.apiVersion),
    ],
  };
}

/** The status subresource writes the status and who owns which field; everything else stays as it is. */
export function customStatusStrategy<T extends KubernetesObject>(parts: CustomStrategyParts<T>): UpdateStrategy<T> {
  const validate = customValidation(parts);
  return {
    resetFields: ['metadata', 'spec'],
    prepareForUpdate(_context, object, old) {
      for (const name of new Set([...Object.keys(object), ...Object.keys(old)])) {
        if (name !== 'metadata' && name !== 'status') keep(name, object, old);
      }
      const { managedFields } = object.metadata;
      const metadata = deepCopy(old.metadata);
      if (managedFields === undefined) delete metadata.managedFields;
      else metadata.managedFields = managedFields;
      object.metadata = metadata;
    },
    validateUpdate: (context, object, old) => [
      ...validateObjectMetaUpdate(object.metadata, old.metadata, fieldPath('metadata')),
      ...validate(object, old, context.request.apiVersion),
    ],
  };
}

function keep(name: string, object: KubernetesObject, old: KubernetesObject): void {
  const value = (old as unknown as Members)[name];
  if (value === undefined) delete (object as unknown as Members)[name];
  else (object as unknown as Members)[name] = value;
}

function changed(object: KubernetesObject, old: KubernetesObject, exceptStatus: boolean): boolean {
  const ignored = (name: string) => name === 'metadata' || (exceptStatus && name === 'status');
  const before = old as unknown as Members;
  const after = object as unknown as Members;
  return (
    Object.keys(after).some((name) => !ignored(name) && !deepEqual(after[name], before[name])) ||
    Object.keys(before).some((name) => !ignored(name) && before[name] !== undefined && after[name] === undefined)
  );
}

const largestReplicas = 2 ** 31 - 1;

function customValidation<T>({ schema, rules, specReplicasPath, specReplicas }: CustomStrategyParts<T>) {
  return (object: T, old: T | undefined, version: string): FieldErrorList => {
    const errors: FieldErrorList = [];
    schema(object, undefined, old, errors);
    if (specReplicasPath !== undefined) errors.push(...replicaFaults(specReplicas(object), specReplicasPath));
    if (errors.length > 0) return errors;
    const operation = old === undefined ? 'create' : 'update';
    return rules.validate(object, undefined, { operation, old, version });
  };
}

function replicaFaults(replicas: unknown, path: string): FieldErrorList {
  if (typeof replicas !== 'number') return [];
  if (replicas < 0) return [fieldError.invalid(fieldPath(path), replicas, 'should be a non-negative integer')];
  if (replicas <= largestReplicas) return [];
  return [fieldError.invalid(fieldPath(path), replicas, `should be less than or equal to ${largestReplicas}`)];
}
