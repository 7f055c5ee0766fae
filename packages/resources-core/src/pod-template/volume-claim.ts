import {
  fieldError,
  nameIsDNSLabel,
  validateAnnotations,
  validateLabelSelector,
  validateLabels,
} from '@orlop/apimachinery';
import type {
  PersistentVolumeClaimSpec,
  PersistentVolumeClaimTemplate,
  TypedObjectReference,
} from '@orlop/kubernetes-schema/core/v1';
import {
  check,
  defaults,
  dnsSubdomain,
  field,
  type Rule,
  required,
  requiredBecause,
  rule,
  rules,
  setDefault,
  supported,
  within,
} from '@orlop/rest/rules';
import { compareQuantity } from '@orlop/schema';
import { resourceQuantity, resourceRequirementsDefaults } from './resources.ts';

/** Claims that pods bring along: in ephemeral volumes, and in the templates of StatefulSets. */

export const volumeClaimSpecDefaults = defaults<PersistentVolumeClaimSpec>((at) => [
  setDefault(at.volumeMode, 'Filesystem'),
  within(at.resources, resourceRequirementsDefaults),
]);

const accessModes = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];

const knownAccessModes: Rule<readonly string[]> = rule('accessModes', (modes, path) => {
  const errors = modes
    .filter((mode) => !accessModes.includes(mode))
    .map((mode) => fieldError.notSupported(path, mode, accessModes));
  const others = modes.some((mode) => mode !== 'ReadWriteOncePod' && accessModes.includes(mode));
  if (modes.includes('ReadWriteOncePod') && others) {
    errors.push(fieldError.forbidden(path, 'may not use ReadWriteOncePod with other access modes'));
  }
  return errors;
});

/** Where the first content comes from: a claim, or a kind of some API group. */
const sourceRules = rules<Omit<TypedObjectReference, 'namespace'>>((at) => [
  field(at.name, required),
  field(at.kind, required),
  check(function claimOfCore({ apiGroup, kind }, path) {
    return (apiGroup ?? '') === '' && kind !== 'PersistentVolumeClaim'
      ? fieldError.invalid(path, kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup")
      : undefined;
  }),
  check(function groupName({ apiGroup }, path, context) {
    return (apiGroup ?? '') === '' ? undefined : dnsSubdomain.check(apiGroup!, path!.child('apiGroup'), context);
  }),
]);

export const volumeClaimSpecRules = rules<PersistentVolumeClaimSpec>((at) => [
  field(at.accessModes, { ...requiredBecause('at least 1 access mode is required'), stops: true }),
  field(
    at.selector,
    rule('labelSelector', (selector, path) => validateLabelSelector(selector, {}, path)),
  ),
  field(at.accessModes, knownAccessModes),
  check(function size({ resources }, path) {
    const here = path!.child('resources').key('storage');
    const quantity = resources?.requests?.['storage'];
    if (quantity === undefined) return fieldError.required(here, '');
    return compareQuantity(quantity, '0') <= 0
      ? fieldError.invalid(here, quantity, 'must be greater than zero')
      : resourceQuantity('storage', quantity, here);
  }),
  field(at.storageClassName, notEmptySubdomain()),
  field(at.volumeMode, supported('Block', 'Filesystem')),
  field(at.dataSource, sourceRules),
  field(at.dataSourceRef, sourceRules),
  field(
    at.dataSourceRef.namespace,
    rule('namespaceName', (name, path) =>
      name === '' ? undefined : nameIsDNSLabel(name, false).map((detail) => fieldError.invalid(path, name, detail)),
    ),
  ),
  check(function sameSource({ dataSource, dataSourceRef }, path) {
    if (dataSource === undefined || dataSourceRef === undefined) return undefined;
    // The value in these two messages is the path itself.
    const value = {};
    if ((dataSourceRef.namespace ?? '') !== '') {
      return fieldError.invalid(path, value, 'may not be specified when dataSourceRef.namespace is specified');
    }
    const same =
      (dataSource.apiGroup ?? undefined) === (dataSourceRef.apiGroup ?? undefined) &&
      dataSource.kind === dataSourceRef.kind &&
      dataSource.name === dataSourceRef.name;
    return same ? undefined : fieldError.invalid(path, value, 'must match dataSourceRef');
  }),
  field(at.volumeAttributesClassName, notEmptySubdomain()),
]);

/** An empty name says "none". */
function notEmptySubdomain(): Rule<string> {
  return rule('objectName', (name, path, context) =>
    name === '' ? undefined : dnsSubdomain.check(name, path, context),
  );
}

export const volumeClaimTemplateDefaults = defaults<PersistentVolumeClaimTemplate>((at) => [
  within(at.spec, volumeClaimSpecDefaults),
]);

/** Of the metadata, only labels and annotations are used, so only they may be set. */
export const volumeClaimTemplateRules = rules<PersistentVolumeClaimTemplate>((at) => [
  field(
    at.metadata,
    rule('templateMetadata', (metadata, path) => [
      ...validateAnnotations(metadata.annotations ?? {}, path.child('annotations')),
      ...validateLabels(metadata.labels ?? {}, path.child('labels')),
      ...Object.entries(metadata)
        .filter(([name, value]) => name !== 'labels' && name !== 'annotations' && value !== null && value !== undefined)
        .map(([name]) => fieldError.forbidden(path.child(name === 'uid' ? 'uID' : name), 'cannot be set')),
    ]),
  ),
  field(at.spec, volumeClaimSpecRules),
]);
