// Paths
export type { FieldElement, IndexElement, KeyElement, KeyField, PathElement, ValueElement } from './path-element.ts';
export {
  compareElements,
  elementText,
  equalElements,
  fieldElement,
  indexElement,
  keyElement,
  valueElement,
} from './path-element.ts';
export type { Path } from './path.ts';
export { pathOf, pathText } from './path.ts';

// Sets of fields
export type { SetNode, FieldSet } from './field-set.ts';
export { fieldSet, noFields } from './field-set.ts';
export type { FieldFilter, PathPattern } from './field-filter.ts';
export { anyElement, excludeFields, includeFields } from './field-filter.ts';

// FieldsV1
export { decodeFieldsV1, encodeFieldsV1, FieldsV1Error, fieldsV1Object } from './fields-v1.ts';

// Typed values
export type { TypedValue } from './typed-value.ts';
export type { TypedProblem } from './typed-error.ts';
export { TypedError } from './typed-error.ts';
export type { ValidateOptions } from './validate.ts';
export { typedValue, validate } from './validate.ts';
export { fieldsOf } from './fields-of.ts';
export type { Comparison } from './compare.ts';
export { compare } from './compare.ts';
export { merge } from './merge.ts';
export { extract, remove } from './remove.ts';
export { equalValues } from './value.ts';
export { reconcile } from './reconcile.ts';

// Who owns what after a write
export type { ManagedSet, Managers } from './managers.ts';
export type {
  ApplyRequest,
  ApplyResult,
  Conflict,
  Updater,
  UpdateRequest,
  UpdaterOptions,
  VersionConverter,
} from './updater.ts';
export { createUpdater } from './create-updater.ts';
