import {
  fieldPath,
  internalError,
  invalid,
  type KubernetesObject,
  pathSegmentName,
  validateObjectMeta,
} from '@orlop/apimachinery';
import { type ObjectScope, settleNamespace } from './object-scope.ts';
import type { RequestContext } from './request-context.ts';
import type { CreateStrategy } from './strategy.ts';
import { hasSystemFields } from './system-fields.ts';

const metadataPath = fieldPath('metadata');

/**
 * Everything that happens to an object between the begin hook of a creation and validating admission: namespace,
 * the strategy's preparation and validation, the loose check of metadata that no strategy can forget, warnings.
 * Changes `object`. System fields and the name must be there.
 * @throws BadRequest for another namespace, Invalid with all faults
 */
export function beforeCreate<T extends KubernetesObject>(
  strategy: CreateStrategy<T>,
  context: RequestContext,
  object: T,
  scope: ObjectScope,
): void {
  const { metadata } = object;
  if (!hasSystemFields(metadata)) throw internalError('system metadata was not initialized');
  if ((metadata.name ?? '') === '' && (metadata.generateName ?? '') !== '') {
    throw internalError('metadata.name was not generated');
  }
  settleNamespace(context, metadata, scope.namespaced);

  strategy.prepareForCreate?.(context, object);
  let errors = strategy.validate(context, object);
  if (errors.length === 0) {
    errors = validateObjectMeta(object.metadata, {
      namespaced: scope.namespaced,
      nameRule: pathSegmentName,
      path: metadataPath,
    });
  }
  if (errors.length > 0) throw invalid(scope.kind, object.metadata.name ?? '', errors);

  for (const warning of strategy.warningsOnCreate?.(context, object) ?? []) context.warn(warning);
  strategy.canonicalize?.(object);
}
