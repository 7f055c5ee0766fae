import { isPrintable } from '@orlop/schema';
import type { ManagedFieldsEntry, ObjectMeta, OwnerReference } from '../object.ts';
import { parseApiVersion } from '../object.ts';
import { byteLength } from '../text/byte-length.ts';
import { compareBytes } from '../text/compare-bytes.ts';
import { goStringSlice } from '../text/go-string-slice.ts';
import { type FieldErrorList, fieldError } from './field-error.ts';
import type { FieldPath } from './field-path.ts';
import { validateAnnotations, validateLabels } from './labels.ts';
import { type NameRule, nameIsDNSLabel } from './name-rules.ts';
import { isQualifiedName } from './qualified-names.ts';

export const fieldImmutableText = 'field is immutable';
export const negativeText = 'must be greater than or equal to 0';

export function validateNonnegative(value: number, path: FieldPath): FieldErrorList {
  return value < 0 ? [fieldError.invalid(path, value, negativeText)] : [];
}

export interface ObjectMetaOptions {
  readonly namespaced: boolean;
  readonly nameRule: NameRule;
  readonly path: FieldPath;
}

/** Metadata of an object to be created; its name must have been generated already. */
export function validateObjectMeta(
  meta: ObjectMeta,
  { namespaced, nameRule, path }: ObjectMetaOptions,
): FieldErrorList {
  const errors: FieldErrorList = [];
  const { name = '', generateName = '', namespace = '' } = meta;
  if (generateName !== '') {
    for (const complaint of nameRule(generateName, true)) {
      errors.push(fieldError.invalid(path.child('generateName'), generateName, complaint));
    }
  }
  if (name === '') errors.push(fieldError.required(path.child('name'), 'name or generateName is required'));
  else {
    for (const complaint of nameRule(name, false)) errors.push(fieldError.invalid(path.child('name'), name, complaint));
  }
  errors.push(...validateNamespace(namespace, namespaced, path.child('namespace')));
  errors.push(...validateNonnegative(meta.generation ?? 0, path.child('generation')));
  errors.push(...validateLabels(meta.labels, path.child('labels')));
  errors.push(...validateAnnotations(meta.annotations, path.child('annotations')));
  errors.push(...validateOwnerReferences(meta.ownerReferences, path.child('ownerReferences')));
  errors.push(...validateFinalizers(meta.finalizers, path.child('finalizers')));
  errors.push(...validateManagedFields(meta.managedFields, path.child('managedFields')));
  return errors;
}

function validateNamespace(namespace: string, namespaced: boolean, path: FieldPath): FieldErrorList {
  if (!namespaced) return namespace === '' ? [] : [fieldError.forbidden(path, 'not allowed on this type')];
  if (namespace === '') return [fieldError.required(path)];
  return nameIsDNSLabel(namespace, false).map((complaint) => fieldError.invalid(path, namespace, complaint));
}

/** Metadata of an update. Finalizers are not checked again, but none may come while the object is being deleted. */
export function validateObjectMetaUpdate(meta: ObjectMeta, old: ObjectMeta, path: FieldPath): FieldErrorList {
  const errors: FieldErrorList = [];
  if (old.deletionTimestamp) {
    errors.push(...validateNoNewFinalizers(meta.finalizers, old.finalizers, path.child('finalizers')));
  }
  if (!meta.resourceVersion) {
    errors.push(fieldError.invalid(path.child('resourceVersion'), '', 'must be specified for an update'));
  }
  if ((meta.generation ?? 0) < (old.generation ?? 0)) {
    errors.push(fieldError.invalid(path.child('generation'), meta.generation ?? 0, 'must not be decremented'));
  }
  const immutable = <T>(name: keyof ObjectMeta & string, now: T, before: T): void => {
    if (now !== before) errors.push(fieldError.invalid(path.child(name), now, fieldImmutableText));
  };
  immutable('name', meta.name ?? '', old.name ?? '');
  immutable('namespace', meta.namespace ?? '', old.namespace ?? '');
  immutable('uid', meta.uid ?? '', old.uid ?? '');
  immutable('creationTimestamp', meta.creationTimestamp ?? null, old.creationTimestamp ?? null);
  immutable('deletionTimestamp', meta.deletionTimestamp ?? null, old.deletionTimestamp ?? null);
  immutable(
    'deletionGracePeriodSeconds',
    meta.deletionGracePeriodSeconds ?? null,
    old.deletionGracePeriodSeconds ?? null,
  );
  errors.push(...validateLabels(meta.labels, path.child('labels')));
  errors.push(...validateAnnotations(meta.annotations, path.child('annotations')));
  errors.push(...validateOwnerReferences(meta.ownerReferences, path.child('ownerReferences')));
  errors.push(...validateManagedFields(meta.managedFields, path.child('managedFields')));
  return errors;
}

/** Every reference is complete, none names an Event, at most one is the controller. Faults name the list, not the entry. */
export function validateOwnerReferences(
  references: readonly OwnerReference[] | undefined,
  path: FieldPath,
): FieldErrorList {
  const errors: FieldErrorList = [];
  let controller = '';
  for (const reference of references ?? []) {
    errors.push(...validateOwnerReference(reference, path));
    if (!reference.controller) continue;
    const name = `${reference.kind}/${reference.name}`;
    if (controller === '') controller = name;
    else {
      const text = `Only one reference can have Controller set to true. Found "true" in references for ${controller} and ${name}`;
      errors.push(fieldError.invalid(path, references!.map(inGoOrder), text));
    }
  }
  return errors;
}

function validateOwnerReference(reference: OwnerReference, path: FieldPath): FieldErrorList {
  const errors: FieldErrorList = [];
  const { apiVersion = '', kind = '', name = '', uid = '' } = reference;
  const parsed = parseApiVersion(apiVersion);
  const version = parsed?.version ?? '';
  if (version === '')
    errors.push(fieldError.invalid(path.child('apiVersion'), apiVersion, 'version must not be empty'));
  const texts = { kind, name, uid };
  for (const member of ['kind', 'name', 'uid'] as const) {
    if (texts[member] === '') errors.push(fieldError.invalid(path.child(member), '', 'must not be empty'));
  }
  if (parsed?.group === '' && version === 'v1' && kind === 'Event') {
    errors.push(fieldError.invalid(path, inGoOrder(reference), '/v1, Kind=Event is disallowed from being an owner'));
  }
  return errors;
}

/** Error texts show the reference with its members as Go writes them. */
function inGoOrder({ apiVersion = '', kind = '', name = '', uid = '', ...rest }: OwnerReference): OwnerReference {
  const { controller, blockOwnerDeletion } = rest;
  return {
    apiVersion,
    kind,
    name,
    uid,
    ...(typeof controller === 'boolean' && { controller }),
    ...(typeof blockOwnerDeletion === 'boolean' && { blockOwnerDeletion }),
  };
}

/** Qualified names; `orphan` and `foregroundDeletion` exclude each other. */
export function validateFinalizers(finalizers: readonly string[] | undefined, path: FieldPath): FieldErrorList {
  const list = finalizers ?? [];
  const errors = list.flatMap((finalizer) => validateFinalizerName(finalizer, path));
  if (list.includes('orphan') && list.includes('foregroundDeletion')) {
    errors.push(fieldError.invalid(path, list, 'finalizer orphan and foregroundDeletion cannot be both set'));
  }
  return errors;
}

export function validateFinalizerName(finalizer: string, path: FieldPath): FieldErrorList {
  return isQualifiedName(finalizer).map((complaint) => fieldError.invalid(path, finalizer, complaint));
}

export function validateNoNewFinalizers(
  finalizers: readonly string[] | undefined,
  old: readonly string[] | undefined,
  path: FieldPath,
): FieldErrorList {
  const before = new Set(old);
  const added = [...new Set(finalizers)].filter((finalizer) => !before.has(finalizer)).sort(compareBytes);
  if (added.length === 0) return [];
  const text = `no new finalizers can be added if the object is being deleted, found new finalizers ${goStringSlice(added)}`;
  return [fieldError.forbidden(path, text)];
}

export const fieldManagerLimit = 128;
const subresourceLimit = 256;

export function validateManagedFields(
  entries: readonly ManagedFieldsEntry[] | undefined,
  path: FieldPath,
): FieldErrorList {
  const errors: FieldErrorList = [];
  if (entries === undefined || entries.every(isSoundEntry)) return errors;
  entries.forEach((entry, index) => {
    const at = path.index(index);
    const operation: string = entry.operation ?? '';
    const fieldsType: string = entry.fieldsType ?? '';
    if (operation === '') errors.push(fieldError.required(at.child('operation'), 'must not be empty'));
    else if (operation !== 'Apply' && operation !== 'Update') {
      errors.push(fieldError.notSupported(at.child('operation'), operation, ['Apply', 'Update']));
    }
    if (fieldsType !== '' && fieldsType !== 'FieldsV1') {
      errors.push(fieldError.invalid(at.child('fieldsType'), fieldsType, 'must be `FieldsV1`'));
    }
    errors.push(...validateFieldManager(entry.manager ?? '', at.child('manager')));
    if (byteLength(entry.subresource ?? '') > subresourceLimit) {
      errors.push(fieldError.tooLong(at.child('subresource'), undefined, subresourceLimit));
    }
  });
  return errors;
}

/** Says quickly of nearly all entries that nothing is wrong with them: servers write them. */
function isSoundEntry({ operation, fieldsType, manager = '', subresource = '' }: ManagedFieldsEntry): boolean {
  const known = (operation === 'Apply' || operation === 'Update') && fieldsType === 'FieldsV1';
  return known && plainManager.test(manager) && (subresource === '' || plainManager.test(subresource));
}

/** What nearly all names are. */
const plainManager = /^[ -~]{0,128}$/;

/** At most 128 bytes, all printable. Empty means not set. */
export function validateFieldManager(manager: string, path: FieldPath): FieldErrorList {
  if (plainManager.test(manager)) return [];
  const errors: FieldErrorList = [];
  if (byteLength(manager) > fieldManagerLimit) {
    errors.push(fieldError.tooLong(path, undefined, fieldManagerLimit));
  }
  let position = 0;
  for (const character of manager) {
    if (!isPrintable(character)) {
      const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
      errors.push(fieldError.invalid(path, manager, `invalid character U+${code} (at position ${position})`));
    }
    position += byteLength(character);
  }
  return errors;
}
