// Objects and what every layer hands on
export type { AbortSignalLike } from './abort-signal.ts';
// Errors
export { ApiError, isApiError } from './errors/api-error.ts';
export {
  alreadyExists,
  applyConflict,
  badRequest,
  conflict,
  forbidden,
  type GroupKind,
  generateNameConflict,
  genericServerResponse,
  gone,
  internalError,
  invalid,
  methodNotSupported,
  notAcceptable,
  notFound,
  requestEntityTooLarge,
  resourceExpired,
  serverTimeout,
  serviceUnavailable,
  storageReadError,
  timeoutError,
  tooLargeResourceVersion,
  tooManyRequests,
  unauthorized,
  unclassified,
  unsupportedMediaType,
} from './errors/constructors.ts';
export {
  hasStatusCause,
  isAlreadyExists,
  isBadRequest,
  isConflict,
  isForbidden,
  isGone,
  isInternalError,
  isInvalid,
  isMethodNotSupported,
  isNotAcceptable,
  isNotFound,
  isRequestEntityTooLarge,
  isResourceExpired,
  isServerTimeout,
  isServiceUnavailable,
  isStorageReadError,
  isTimeout,
  isTooLargeResourceVersion,
  isTooManyRequests,
  isUnauthorized,
  isUnsupportedMediaType,
  suggestsDelay,
} from './errors/predicates.ts';
export { statusOf } from './errors/status-of.ts';
// Field selectors
export {
  escapeFieldValue,
  everythingFields,
  type FieldRequirement,
  type FieldSelector,
  type Fields,
  fieldSelector,
  fieldSelectorFromSet,
  parseFieldSelector,
  unknownFieldLabelText,
} from './fields/field-selector.ts';
// Label selectors
export {
  everythingLabels,
  formatLabelSelector,
  type LabelSelector,
  labelSelector,
  labelSelectorFrom,
  labelSelectorFromSet,
  nothingLabels,
} from './labels/label-selector.ts';
export type { LabelSelectorRequirement, LabelSelectorSpec } from './labels/label-selector-spec.ts';
export { parseLabelSelector } from './labels/parse.ts';
export { type LabelOperator, type LabelRequirement, type Labels, labelRequirement } from './labels/requirement.ts';
export { SelectorError } from './labels/selector-error.ts';
export {
  apiVersionOf,
  type GroupResource,
  type GroupVersionKind,
  groupResourceText,
  type KubernetesObject,
  type ListMeta,
  type ManagedFieldsEntry,
  type ObjectMeta,
  type OwnerReference,
  parseApiVersion,
  type TypeMeta,
} from './object.ts';
// Patches
export { applyJsonPatch, jsonPatchCopyLimit } from './patch/json-patch.ts';
export { applyMergePatch, readMergePatch } from './patch/merge-patch.ts';
export { PatchError, type PatchErrorCode } from './patch/patch-error.ts';
export {
  type JsonPatch,
  type JsonPatchOperation,
  jsonPatchOperationLimit,
  readJsonPatch,
} from './patch/read-json-patch.ts';
export type { ReadPatch, ReadPatchOptions } from './patch/read-patch.ts';
export { applyStrategicMergePatch, readStrategicMergePatch } from './patch/strategic-merge-patch.ts';
// Runtime
export {
  type Clock,
  type Log,
  type Metrics,
  type Random,
  type Runtime,
  systemRuntime,
  type Timers,
} from './runtime.ts';
// Status
export {
  newStatus,
  type Status,
  type StatusCause,
  type StatusDetails,
  type StatusParts,
  type StatusReason,
  successStatus,
} from './status.ts';
export type { EncodedObject, Pace, Stored, StoredEvent, StoredList } from './stored.ts';
// Text as Go writes it
export { byteLength } from './text/byte-length.ts';
export { compareBytes } from './text/compare-bytes.ts';
export { goFormat } from './text/go-format.ts';
export { goJson } from './text/go-json.ts';
export { goQuote } from '@orlop/schema';
export { goStringSlice } from './text/go-string-slice.ts';
// Times
export { formatMicroTime, formatTime, parseTime } from './time/format-time.ts';
export { humanDuration, shortHumanDuration } from './time/human-duration.ts';
// Field errors
export { aggregateText } from './validation/aggregate.ts';
// Rules for text
export {
  isDNS1035Label,
  isDNS1123Label,
  isDNS1123Subdomain,
  isDNS1123SubdomainWithUnderscore,
  isWildcardDNS1123Subdomain,
  type TextRule,
} from './validation/dns-names.ts';
export {
  validateDomainPrefixedKey,
  validateDomainPrefixedPath,
  validateFullyQualifiedDomainName,
  validateFullyQualifiedName,
} from './validation/domain-names.ts';
export {
  type FieldError,
  type FieldErrorList,
  type FieldErrorType,
  fieldError,
  fieldErrorBody,
  fieldErrorText,
  fieldValueText,
  omitValue,
  type RawJson,
  rawJson,
} from './validation/field-error.ts';
export { type FieldPath, fieldPath, fieldPathIndex } from './validation/field-path.ts';
export {
  isCIdentifier,
  isConfigMapKey,
  isEnvVarName,
  isHTTPHeaderName,
  isRelaxedEnvVarName,
  isValidPercent,
  pathSegmentName,
} from './validation/identifiers.ts';
// Addresses
export {
  type LegacyAddressOptions,
  validateCIDR,
  validateCIDRForLegacyField,
  validateIP,
  validateIPForLegacyField,
  warningsForCIDR,
  warningsForIP,
} from './validation/ip.ts';
export { type Cidr, type IpAddress, parseCidr, parseIp } from './validation/ip-address.ts';
// Metadata
export {
  hasInvalidLabelValue,
  type LabelSelectorValidationOptions,
  validateLabelSelector,
} from './validation/label-selector.ts';
export { finalizerDomainErrors } from './validation/finalizer-domain.ts';
export {
  annotationsSizeLimit,
  validateAnnotations,
  validateLabelName,
  validateLabels,
} from './validation/labels.ts';
export { type NameRule, nameIsDNS1035Label, nameIsDNSLabel, nameIsDNSSubdomain } from './validation/name-rules.ts';
export {
  fieldImmutableText,
  fieldManagerLimit,
  negativeText,
  type ObjectMetaOptions,
  validateFieldManager,
  validateFinalizerName,
  validateFinalizers,
  validateManagedFields,
  validateNoNewFinalizers,
  validateNonnegative,
  validateObjectMeta,
  validateObjectMetaUpdate,
  validateOwnerReferences,
} from './validation/object-meta.ts';
export { isInRange, isValidGroupID, isValidPortName, isValidPortNum, isValidUserID } from './validation/ports.ts';
export { isQualifiedName, isValidLabelValue } from './validation/qualified-names.ts';
export {
  emptyError,
  inclusiveRangeError,
  maxBytesError,
  maxLengthError,
  regexError,
} from './validation/regex-error.ts';
// Encoded objects
export { type EncodeObject, encoderKey, ObjectBytes, type ObjectEncoders } from './encoded-object.ts';
export type { ObjectSerializer, SerializedObject, Serializer } from './serializer.ts';
export { createUnstored, type UnstoredOptions } from './unstored.ts';
export { decodeUtf8, encodeUtf8, joinUtf8 } from './utf8.ts';
// Small values
export { generateName, randomSuffix } from './values/generate-name.ts';
export { type IntOrString, IntOrPercentError, intValue, percentOf, scaledValue } from './values/int-or-percent.ts';
// Wire types
export type {
  IncludeObject,
  PartialObjectMetadata,
  PartialObjectMetadataList,
  Table,
  TableColumnDefinition,
  TableRow,
  TableRowCondition,
} from './wire/table.ts';
export { initialEventsEndAnnotation, type WatchEvent } from './wire/watch-event.ts';
// YAML
export { parseYaml, type ReadYaml, readYaml, yamlDuplicatesText } from './yaml/parse-yaml.ts';
export { toYaml } from './yaml/to-yaml.ts';
export { YamlError } from './yaml/yaml-error.ts';
