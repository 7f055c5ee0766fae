import { type FieldError, type FieldErrorList, type FieldPath, fieldError, isDNS1123Label } from '@orlop/apimachinery';
import type { ResourceClaim, ResourceRequirements } from '@orlop/kubernetes-schema/core/v1';
import { adjust, defaults, type Rule, rule } from '@orlop/rest/rules';
import { compareQuantity, sortedKeys } from '@orlop/schema';
import { podScope } from './pod-scope.ts';
import { isMultipleOf, isNegative, isWholeNumber, roundUpToMilli } from './quantity-arithmetic.ts';
import { containerResourceName, isHugePages, isWhole, mayBeOvercommitted, podResourceName } from './resource-names.ts';

type Quantities = Readonly<Record<string, string>>;

export const resourceRequirementsDefaults = defaults<Pick<ResourceRequirements, 'limits' | 'requests'>>(() => [
  adjust(({ limits = {}, requests = {} }) => {
    for (const quantities of [limits, requests]) {
      for (const name in quantities) quantities[name] = roundUpToMilli(quantities[name]!);
    }
  }),
]);

/** A quantity that fits its resource. */
export function resourceQuantity(name: string, quantity: string, path: FieldPath): FieldErrorList {
  const errors: FieldErrorList = [];
  if (isNegative(quantity)) errors.push(fieldError.invalid(path, quantity, 'must be greater than or equal to 0'));
  if (isWhole(name) && !isWholeNumber(quantity)) errors.push(fieldError.invalid(path, quantity, 'must be an integer'));
  return errors;
}

function hugePageQuantity(name: string, quantity: string, path: FieldPath): FieldError | undefined {
  if (!isHugePages(name)) return undefined;
  let divisible = false;
  try {
    divisible = isMultipleOf(quantity, name.slice('hugepages-'.length));
  } catch {
    // A page size that is no quantity divides nothing.
  }
  return divisible
    ? undefined
    : fieldError.invalid(path, quantity, `${quantity} is not positive integer multiple of ${name}`);
}

const namesOf = (quantities: Quantities | undefined): readonly string[] =>
  quantities === undefined ? [] : sortedKeys(quantities);

/** Requests and limits: names, quantities, requests within limits. Go walks maps in random order; here names are sorted. */
function requirements(
  { limits = {}, requests = {} }: ResourceRequirements,
  nameRule: (name: string, path: FieldPath) => FieldErrorList,
  path: FieldPath,
): FieldErrorList {
  const errors: FieldErrorList = [];
  const limitsPath = path.child('limits');
  const requestsPath = path.child('requests');
  const common = (name: string, quantity: string, here: FieldPath) =>
    errors.push(...nameRule(name, here), ...resourceQuantity(name, quantity, here));
  const huge = (name: string, quantity: string, here: FieldPath) => {
    const error = hugePageQuantity(name, quantity, here);
    if (error !== undefined) errors.push(error);
  };
  for (const name of namesOf(limits)) {
    const here = limitsPath.key(name);
    common(name, limits[name]!, here);
    huge(name, limits[name]!, here);
  }
  for (const name of namesOf(requests)) {
    const quantity = requests[name]!;
    const here = requestsPath.key(name);
    common(name, quantity, here);
    const limit = limits[name];
    if (limit === undefined) {
      if (!mayBeOvercommitted(name)) {
        errors.push(fieldError.required(limitsPath, 'Limit must be set for non overcommitable resources'));
      }
    } else if (compareQuantity(quantity, limit) !== 0 && !mayBeOvercommitted(name)) {
      errors.push(fieldError.invalid(requestsPath, quantity, `must be equal to ${name} limit of ${limit}`));
    } else if (compareQuantity(quantity, limit) > 0) {
      errors.push(
        fieldError.invalid(requestsPath, quantity, `must be less than or equal to ${name} limit of ${limit}`),
      );
    }
    huge(name, quantity, here);
  }
  const names = [...namesOf(limits), ...namesOf(requests)];
  if (names.some(isHugePages) && !names.includes('cpu') && !names.includes('memory')) {
    errors.push(fieldError.forbidden(path, 'HugePages require cpu or memory'));
  }
  return errors;
}

/** Claims of a container name entries of the pod's `resourceClaims`, each once. */
function claims(list: readonly ResourceClaim[], known: ReadonlySet<string>, path: FieldPath): FieldErrorList {
  const errors: FieldErrorList = [];
  const seen = new Set<string>();
  for (const [index, { name, request = '' }] of list.entries()) {
    const here = path.index(index);
    if (name === '') {
      errors.push(fieldError.required(here, ''));
      continue;
    }
    if (seen.has(name)) errors.push(fieldError.duplicate(here, name));
    else {
      const key = request === '' ? name : `${name}/${request}`;
      if (request !== '') {
        for (const detail of isDNS1123Label(request)) {
          errors.push(fieldError.invalid(here.child('request'), request, detail));
        }
      }
      if (seen.has(key)) errors.push(fieldError.duplicate(here, key));
      else if (request === '') {
        for (const other of seen) if (other.startsWith(`${name}/`)) errors.push(fieldError.duplicate(here, name));
      }
      seen.add(key);
    }
    if (!known.has(name)) {
      const choice = known.size === 0 ? ' which is empty' : `: ${[...known].sort().join(', ')}`;
      const detail = `must be one of the names in pod.spec.resourceClaims${choice}`;
      errors.push({ ...fieldError.notFound(here, name), detail });
    }
  }
  return errors;
}

/** What a container asks for. */
export const containerResources: Rule<ResourceRequirements> = rule('containerResources', (value, path, context) => [
  ...requirements(value, containerResourceName, path),
  ...claims(value.claims ?? [], context.scope(podScope).claimNames, path.child('claims')),
]);

/** What the sandbox of a pod costs on top of its containers: a list of quantities that reads like limits. */
export const overhead: Rule<Quantities> = rule('overhead', (limits, path) =>
  requirements({ limits: { ...limits } }, containerResourceName, path),
);

/** What a pod asks for as a whole. `known` are the names of its claims. */
export function podResources(value: ResourceRequirements, known: ReadonlySet<string>, path: FieldPath): FieldErrorList {
  return [...requirements(value, podResourceName, path), ...claims(value.claims ?? [], known, path.child('claims'))];
}
