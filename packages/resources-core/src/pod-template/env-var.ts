import { type FieldErrorList, type FieldPath, fieldError, nameIsDNSSubdomain } from '@orlop/apimachinery';
import type {
  ConfigMapKeySelector,
  EnvFromSource,
  EnvVar,
  FileKeySelector,
  SecretKeySelector,
} from '@orlop/kubernetes-schema/core/v1';
import {
  check,
  defaults,
  dnsLabel,
  each,
  field,
  gateOpen,
  type Rule,
  type RuleContext,
  required,
  rule,
  rules,
  setDefault,
  within,
} from '@orlop/rest/rules';
import { allContainers } from './container-kinds.ts';
import {
  environmentFields,
  objectFieldSelector,
  objectFieldSelectorDefaults,
  resourceFieldSelector,
} from './downward-api.ts';
import { noBacksteps } from './local-path.ts';
import { podScope } from './pod-scope.ts';
import { configMapKey, envVarName } from './text-formats.ts';

export const envVarDefaults = defaults<EnvVar>((at) => [
  within(at.valueFrom.fieldRef, objectFieldSelectorDefaults),
  within(
    at.valueFrom.fileKeyRef,
    defaults<FileKeySelector>((at) => [setDefault(at.optional, false)]),
  ),
]);

/** The name of an object elsewhere; empty is a bad name, not a missing one. */
const objectName: Rule<string> = rule(
  'objectName',
  (name: string | undefined, path) =>
    nameIsDNSSubdomain(name ?? '', false).map((detail) => fieldError.invalid(path, name ?? '', detail)),
  { absent: true },
);

const keySelectorRules = rules<ConfigMapKeySelector | SecretKeySelector>((at) => [
  field(at.name, objectName),
  field(at.key, required, configMapKey),
]);

const fileKeySelectorRules = rules<FileKeySelector>((at) => [
  field(at.key, required, envVarName),
  field(at.volumeName, required, dnsLabel),
  field(at.path, required, noBacksteps),
]);

/** The sources of a value, in the order in which they are looked at. */
const valueSources = {
  fieldRef: objectFieldSelector(environmentFields),
  resourceFieldRef: resourceFieldSelector(false),
  configMapKeyRef: keySelectorRules,
  secretKeyRef: keySelectorRules,
  fileKeyRef: fileKeySelectorRules,
} as const;

function mayUseFiles(context: RuleContext): boolean {
  if (gateOpen(context.gates, 'EnvFiles')) return true;
  const { old } = context.scope(podScope);
  return (
    old !== undefined &&
    [...allContainers(old)].some(({ env }) => env?.some(({ valueFrom }) => valueFrom?.fileKeyRef !== undefined))
  );
}

function oneValueSource(variable: EnvVar, path: FieldPath | undefined, context: RuleContext): FieldErrorList {
  const { valueFrom } = variable;
  if (valueFrom === undefined) return [];
  const here = path!.child('valueFrom');
  const errors: FieldErrorList = [];
  let sources = 0;
  for (const [name, demand] of Object.entries(valueSources)) {
    const source = valueFrom[name as keyof typeof valueSources];
    if (source === undefined) continue;
    sources++;
    const found = (demand as Rule<unknown>).check(source, here.child(name), context);
    if (found !== undefined) errors.push(...(Array.isArray(found) ? found : [found]));
  }
  if (sources === 0) {
    const names = mayUseFiles(context)
      ? '`fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`'
      : '`fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`';
    errors.push(fieldError.invalid(here, '', `must specify one of: ${names}`));
  } else if ((variable.value ?? '') !== '') {
    errors.push(fieldError.invalid(here, '', 'may not be specified when `value` is not empty'));
  } else if (sources > 1) {
    errors.push(fieldError.invalid(here, '', 'may not have more than one field specified at a time'));
  }
  return errors;
}

export const envVarRules = rules<EnvVar>((at) => [field(at.name, required, envVarName), check(oneValueSource)]);

const sourceName: readonly [Rule<unknown>, Rule<string>] = [
  required,
  rule('objectNamePrefix', (name, path) =>
    nameIsDNSSubdomain(name, true).map((detail) => fieldError.invalid(path, name, detail)),
  ),
];

const envFromSourceRules = rules<EnvFromSource>((at) => [
  field(at.prefix, envVarName),
  field(
    at.configMapRef,
    rules((ref) => [field(ref.name, ...sourceName)]),
  ),
  field(
    at.secretRef,
    rules((ref) => [field(ref.name, ...sourceName)]),
  ),
]);

/** How many sources an entry has is said of the list, without a position. */
export const envFromRule: Rule<readonly EnvFromSource[]> = rule('envFrom', (sources, path, context) => {
  const errors: FieldErrorList = [];
  for (const [index, source] of sources.entries()) {
    errors.push(...envFromSourceRules.validate(source, path.index(index), context));
    const count = (source.configMapRef === undefined ? 0 : 1) + (source.secretRef === undefined ? 0 : 1);
    if (count === 0) errors.push(fieldError.invalid(path, '', 'must specify one of: `configMapRef` or `secretRef`'));
    else if (count > 1) {
      errors.push(fieldError.invalid(path, '', 'may not have more than one field specified at a time'));
    }
  }
  return errors;
});

export const envRule: Rule<readonly EnvVar[]> = each(envVarRules);
