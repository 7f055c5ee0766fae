import { type FieldErrorList, type FieldPath, fieldError, isQualifiedName } from '@orlop/apimachinery';

/** Names of compute resources: which are known, which are made of whole pieces, which may be promised twice. */

const hugePages = 'hugepages-';

export const isHugePages = (name: string): boolean => name.startsWith(hugePages);

/** Names without a domain, and those of Kubernetes itself. */
const isNative = (name: string): boolean => !name.includes('/') || name.includes('kubernetes.io/');

/** Names that belong to others: `example.com/gpu`. */
const isExtended = (name: string): boolean =>
  !isNative(name) && !name.startsWith('requests.') && isQualifiedName(`requests.${name}`).length === 0;

/** Requests may stay below limits. */
export const mayBeOvercommitted = (name: string): boolean => isNative(name) && !isHugePages(name);

const counted = [
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
];

/** Only whole numbers make sense. */
export const isWhole = (name: string): boolean => counted.includes(name) || isExtended(name);

const containerResources = ['cpu', 'memory', 'ephemeral-storage'];

const standard: ReadonlySet<string> = new Set([
  ...containerResources,
  ...containerResources.map((name) => `requests.${name}`),
  ...containerResources.map((name) => `limits.${name}`),
  ...counted,
  'storage',
  'requests.storage',
]);

function standardOrQualified(name: string, path: FieldPath): FieldErrorList {
  const errors = isQualifiedName(name).map((detail) => fieldError.invalid(path, name, detail));
  const known = standard.has(name) || isHugePages(name) || name.startsWith(`requests.${hugePages}`);
  if (errors.length === 0 && !name.includes('/') && !known) {
    errors.push(fieldError.invalid(path, name, 'must be a standard resource type or fully qualified'));
  }
  return errors;
}

/** Names that containers may ask for. */
export function containerResourceName(name: string, path: FieldPath): FieldErrorList {
  const errors = standardOrQualified(name, path);
  if (!name.includes('/')) {
    if (!containerResources.includes(name) && !isHugePages(name)) {
      errors.push(fieldError.invalid(path, name, 'must be a standard resource for containers'));
    }
  } else if (!isNative(name) && !isExtended(name)) {
    errors.push(fieldError.invalid(path, name, "doesn't follow extended resource name standard"));
  }
  return errors;
}

/** Names that a pod as a whole may ask for. */
export function podResourceName(name: string, path: FieldPath): FieldErrorList {
  const errors = standardOrQualified(name, path);
  if (errors.length > 0 || name === 'cpu' || name === 'memory' || isHugePages(name)) return errors;
  return [fieldError.notSupported(path, name, ['cpu', 'hugepages-', 'memory'])];
}
