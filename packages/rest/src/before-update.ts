import {
  fieldPath,
  invalid,
  type KubernetesObject,
  pathSegmentName,
  validateObjectMeta,
  validateObjectMetaUpdate,
} from '@orlop/apimachinery';
import { type ObjectScope, settleNamespace } from './object-scope.ts';
import type { RequestContext } from './request-context.ts';
import type { UpdateStrategy } from './strategy.ts';

const metadataPath = fieldPath('metadata');

/**
 * Everything that happens to the new state of an object between the begin hook of an update and validating admission.
 * No update can change the generation by itself, undo a deletion or move a creation. Changes `object`, never `old`.
 * @throws BadRequest for another namespace, Invalid with all faults
 */
export function beforeUpdate<T extends KubernetesObject>(
  strategy: UpdateStrategy<T>,
  context: RequestContext,
  object: T,
  old: T,
  scope: ObjectScope,
): void {
  const { metadata } = object;
  const before = old.metadata;
  settleNamespace(context, metadata, scope.namespaced);

  if (before.generation !== undefined) metadata.generation = before.generation;
  else if (metadata.generation !== undefined) delete metadata.generation;

  strategy.prepareForUpdate?.(context, object, old);

  if ((metadata.uid ?? '') === '' && before.uid !== undefined) metadata.uid = before.uid;
  if ((before.creationTimestamp ?? '') !== '') metadata.creationTimestamp = before.creationTimestamp!;
  if (before.deletionTimestamp !== undefined) metadata.deletionTimestamp = before.deletionTimestamp;
  if (before.deletionGracePeriodSeconds !== undefined && metadata.deletionGracePeriodSeconds === undefined) {
    metadata.deletionGracePeriodSeconds = before.deletionGracePeriodSeconds;
  }

  const errors = [
    ...validateObjectMeta(metadata, { namespaced: scope.namespaced, nameRule: pathSegmentName, path: metadataPath }),
    ...validateObjectMetaUpdate(metadata, before, metadataPath),
    ...strategy.validateUpdate(context, object, old),
  ];
  if (errors.length > 0) throw invalid(scope.kind, metadata.name ?? '', errors);

  for (const warning of strategy.warningsOnUpdate?.(context, object, old) ?? []) context.warn(warning);
  strategy.canonicalize?.(object);
}
