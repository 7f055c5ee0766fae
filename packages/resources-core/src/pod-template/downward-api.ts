import { type FieldErrorList, fieldError, isQualifiedName } from '@orlop/apimachinery';
import type { ObjectFieldSelector, ResourceFieldSelector } from '@orlop/kubernetes-schema/core/v1';
import { defaults, type Rule, rule, setDefault } from '@orlop/rest/rules';
import { canonicalQuantity, compareQuantity } from '@orlop/schema';

/** References from a pod to its own fields, in environment variables and downward API volumes. */

export const objectFieldSelectorDefaults = defaults<ObjectFieldSelector>((at) => [setDefault(at.apiVersion, 'v1')]);

/** Fields of a pod that a path may name. */
const podFields: ReadonlySet<string> = new Set([
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.restartPolicy',
  'spec.serviceAccountName',
  'spec.schedulerName',
  'status.phase',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
]);

/** Fields an environment variable may take, sorted as the error lists them. */
export const environmentFields = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
] as const;

/** Fields a file may take. */
export const fileFields = [
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
] as const;

/** `metadata.labels['app']` → path and key. */
function subscript(path: string): { readonly path: string; readonly key: string } | undefined {
  const found = /^([^[]+(?:\[(?!')[^[]*)*)\['(.*)'\]$/s.exec(path);
  return found === null ? undefined : { path: found[1]!, key: found[2]! };
}

/** A reference to one field of the pod, out of `fields` or one label or annotation. */
export function objectFieldSelector(fields: readonly string[]): Rule<ObjectFieldSelector> {
  return rule('objectFieldSelector', (selector, path) => {
    const { apiVersion = '', fieldPath } = selector;
    if (apiVersion === '') return fieldError.required(path.child('apiVersion'), '');
    if (fieldPath === '') return fieldError.required(path.child('fieldPath'), '');
    const unreadable = (why: string) =>
      fieldError.invalid(path.child('fieldPath'), fieldPath, `error converting fieldPath: ${why}`);
    if (apiVersion !== 'v1') return unreadable(`unsupported pod version: ${apiVersion}`);
    const subscripted = subscript(fieldPath);
    if (subscripted !== undefined) {
      if (subscripted.path !== 'metadata.annotations' && subscripted.path !== 'metadata.labels') {
        return unreadable(`field label does not support subscript: ${fieldPath}`);
      }
      const key = subscripted.path === 'metadata.annotations' ? subscripted.key.toLowerCase() : subscripted.key;
      return isQualifiedName(key).map((detail) => fieldError.invalid(path, key, detail));
    }
    // Clients of the first releases say spec.host.
    const known = fieldPath === 'spec.host' ? 'spec.nodeName' : fieldPath;
    if (!podFields.has(known)) return unreadable(`field label not supported: ${fieldPath}`);
    return fields.includes(known) ? undefined : fieldError.notSupported(path.child('fieldPath'), known, fields);
  });
}

const resources = [
  'limits.cpu',
  'limits.ephemeral-storage',
  'limits.memory',
  'requests.cpu',
  'requests.ephemeral-storage',
  'requests.memory',
] as const;

const isHugePages = (resource: string) => /^(requests|limits)\.hugepages-/.test(resource);

const byteDivisors = ['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei'];

/** What each family of resources may be divided by, and what the error calls it. */
const divisors: readonly {
  readonly of: (resource: string) => boolean;
  readonly allowed: readonly string[];
  readonly listed: string;
  readonly name: string;
}[] = [
  { of: (r) => r === 'limits.cpu' || r === 'requests.cpu', allowed: ['1m', '1'], listed: '1m and 1', name: 'cpu' },
  {
    of: (r) => r === 'limits.memory' || r === 'requests.memory',
    allowed: byteDivisors,
    listed: byteDivisors.join(', '),
    name: 'memory',
  },
  {
    of: (r) => r === 'limits.ephemeral-storage' || r === 'requests.ephemeral-storage',
    allowed: byteDivisors,
    listed: byteDivisors.join(', '),
    name: 'local ephemeral storage',
  },
  { of: isHugePages, allowed: byteDivisors, listed: byteDivisors.join(', '), name: 'hugepages' },
];

/** A reference to a request or limit; files must also say of which container. */
export function resourceFieldSelector(inFile: boolean): Rule<ResourceFieldSelector> {
  return rule('resourceFieldSelector', (selector, path) => {
    const errors: FieldErrorList = [];
    const { containerName = '', resource, divisor } = selector;
    if (inFile && containerName === '') errors.push(fieldError.required(path.child('containerName'), ''));
    else if (resource === '') errors.push(fieldError.required(path.child('resource'), ''));
    else if (!(resources as readonly string[]).includes(resource) && !isHugePages(resource)) {
      errors.push(fieldError.notSupported(path.child('resource'), resource, resources));
    }
    if (divisor === undefined || divisor === null || compareQuantity(divisor, '0') === 0) return errors;
    const family = divisors.find(({ of }) => of(resource));
    if (family !== undefined && !family.allowed.includes(canonicalQuantity(divisor))) {
      const detail = `only divisor's values ${family.listed} are supported with the ${family.name} resource`;
      errors.push(fieldError.invalid(path.child('divisor'), resource, detail));
    }
    return errors;
  });
}
