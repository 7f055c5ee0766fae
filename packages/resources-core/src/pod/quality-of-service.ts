import type { Pod, ResourceRequirements } from '@orlop/kubernetes-schema/core/v1';
import { compareQuantity } from '@orlop/schema';
import { addQuantities } from '../pod-template/quantity-arithmetic.ts';

export type QualityOfService = 'Guaranteed' | 'Burstable' | 'BestEffort';

/** Resources that decide the class. */
const decisive = ['cpu', 'memory'] as const;

type Sums = Map<string, string>;

/** Adds what is more than zero; whether both resources were. */
function add(sums: Sums, quantities: Readonly<Record<string, string>> | undefined): boolean {
  let both = true;
  for (const name of decisive) {
    const quantity = quantities?.[name];
    if (quantity === undefined || compareQuantity(quantity, '0') <= 0) {
      both = false;
      continue;
    }
    const sum = sums.get(name);
    sums.set(name, sum === undefined ? quantity : addQuantities(sum, quantity));
  }
  return both;
}

/**
 * The class of a pod: BestEffort asks for nothing, Guaranteed has limits for both resources everywhere and requests that
 * equal them, everything else is Burstable. Resources of the pod as a whole count instead of those of its containers.
 */
export function qualityOfService({ spec }: Pod): QualityOfService {
  const requests: Sums = new Map();
  const limits: Sums = new Map();
  let limited = true;
  if (spec.resources !== undefined) {
    add(requests, spec.resources.requests);
    const { limits: own = {} } = spec.resources;
    if (Object.keys(own).length > 0) limited = add(limits, own);
  } else {
    const parts: readonly ResourceRequirements[] = [...(spec.containers ?? []), ...(spec.initContainers ?? [])].map(
      ({ resources }) => resources,
    );
    for (const part of parts) {
      add(requests, part.requests);
      if (!add(limits, part.limits)) limited = false;
    }
  }
  if (requests.size === 0 && limits.size === 0) return 'BestEffort';
  const equal =
    requests.size === limits.size &&
    [...requests].every(([name, request]) => limits.has(name) && compareQuantity(limits.get(name)!, request) === 0);
  return limited && equal ? 'Guaranteed' : 'Burstable';
}
