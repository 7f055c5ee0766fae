// What an object behind a path can do
export type {
  CollectionDeleter,
  Creater,
  Getter,
  GracefulDeleter,
  Lister,
  NamedCreater,
  Patcher,
  RESTStorage,
  StandardStorage,
  UpdatedObjectInfo,
  Updater,
  ValidateObject,
  Watcher,
} from './verbs.ts';
export {
  isCollectionDeleter,
  isCreater,
  isGetter,
  isGracefulDeleter,
  isLister,
  isNamedCreater,
  isPatcher,
  isUpdater,
  isWatcher,
  verbsOf,
} from './capabilities.ts';

// Who asks, and how
export type { RequestContext, RequestInfo, UserInfo } from './request-context.ts';
export type {
  CreateOptions,
  DeleteOptions,
  FieldValidation,
  GetOptions,
  ListOptions,
  PatchOptions,
  UpdateOptions,
  WatchOptions,
} from './options.ts';
export { dryRunErrors } from './dry-run-errors.ts';
export { settleDeleteOptions, type WireDeleteOptions } from './settle-delete-options.ts';
export type { AdmissionAttributes, AdmissionOperation, AdmissionPlugin } from './admission.ts';
export type {
  FieldManager,
  FieldManagerEndpoint,
  KindVersion,
  KindVersions,
  ResetFields,
  ScaledFields,
  ScaleOwnership,
} from './field-manager.ts';

// What is special about a resource
export type { CreateStrategy, DeleteStrategy, Finish, StoreHooks, Strategy, UpdateStrategy } from './strategy.ts';
export type {
  ResourceBody,
  ResourceDefinition,
  ResourceEnvironment,
  ResourceHeader,
  ResourceStorages,
  SubresourceBody,
  SubresourceHeader,
} from './resource-definition.ts';
export type { ResourceStore } from './resource-store.ts';

// What is the same for all: before every write
export { beforeCreate } from './before-create.ts';
export { beforeUpdate } from './before-update.ts';
export { beforeDelete, type Deletion } from './before-delete.ts';
export { type ObjectScope, settleNamespace } from './object-scope.ts';
export { fillSystemFields, hasSystemFields, wipeSystemFields } from './system-fields.ts';
export { copyMetadata, deepCopy } from './copy-object.ts';

// Subresources
export { statusStorage } from './status-storage.ts';
export { type ScaleAccessors, scaleStorage } from './scale-storage.ts';
export { type Scale, scaleKind } from './scale.ts';
export { scaleType } from './scale-type.ts';
export { scaleColumns } from './scale-columns.ts';

// Columns and tables
export {
  age,
  ageColumn,
  type Cell,
  type Column,
  type ColumnOptions,
  type ColumnType,
  column,
  customResourceColumns,
  defaultColumns,
  type FieldColumn,
  nameColumn,
} from './columns.ts';
export { partialMetadata, type TableOptions, toTable } from './to-table.ts';

// A resource of one's own
export {
  type DefinedResource,
  defineResource,
  type ObjectOf,
  type Resource,
  type ResourceOptions,
  type ScalePaths,
} from './define-resource.ts';
export { envelopeProperties, objectMetaSchema } from './object-meta-schema.ts';

// Rules: naming a field
export { type FieldHandle, type Handle, handleOf, namesOf, readerOf, valueAt } from './rules/field-handle.ts';

// Rules: declaring those of a type
export { type Rules, rules } from './rules/rules.ts';
export type { Rule, RuleContext, Scope, Verdict } from './rules/rule.ts';
export { rule, scope } from './rules/rule.ts';
export type { RuleRequest } from './rules/rule-context.ts';
export {
  below,
  type CheckStatement,
  check,
  type FieldStatement,
  field,
  type ProvideStatement,
  provide,
  type Statement,
  type WhenStatement,
  when,
} from './rules/statement.ts';
export { type UnionMember, union } from './rules/unions.ts';

// Rules of a field: presence and change
export { forbidden, immutable, present, required, requiredBecause } from './rules/presence.ts';
export { sameValue } from './rules/same-value.ts';

// Rules of numbers, texts, quantities, lists and maps
export { atLeast, nonNegative, nonZero, portNumber, positive, range } from './rules/numbers.ts';
export {
  dns1035Label,
  dnsLabel,
  dnsSubdomain,
  labelValue,
  maxBytes,
  qualifiedName,
  supported,
  textRule,
} from './rules/texts.ts';
export { each, eachEntry, maxItems, uniqueBy, uniqueItems } from './rules/lists.ts';
export { sharing, uniqueWithin } from './rules/sharing.ts';

// Defaults as data
export {
  type Adjustment,
  adjust,
  type ComputedDefault,
  type ConditionalDefaults,
  compute,
  type Defaults,
  type DefaultStatement,
  defaults,
  type NestedDefaults,
  type SetDefault,
  setDefault,
  whenDefault,
  within,
  withinEach,
} from './rules/defaults.ts';

// Feature gates
export { type FeatureGates, gateOpen } from './rules/feature-gates.ts';

// Reading rules
export { describeRules, type RuleDescription } from './rules/describe-rules.ts';
