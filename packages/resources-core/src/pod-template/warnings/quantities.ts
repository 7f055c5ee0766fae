import type { FieldPath } from '@orlop/apimachinery';
import type { ResourceRequirements } from '@orlop/kubernetes-schema/core/v1';
import { isWholeNumber } from '../quantity-arithmetic.ts';

type Quantities = Readonly<Record<string, string>> | undefined;

/** Bytes come whole. */
function fractional(quantities: Quantities, name: string, path: FieldPath): readonly string[] {
  const quantity = quantities?.[name];
  if (quantity === undefined || isWholeNumber(quantity)) return [];
  return [`${path.key(name)}: fractional byte value ${JSON.stringify(quantity)} is invalid, must be an integer`];
}

/** Requests and limits of a container. */
export function quantityWarnings({ limits, requests }: ResourceRequirements, path: FieldPath): readonly string[] {
  return ['memory', 'ephemeral-storage'].flatMap((name) => [
    ...fractional(limits, name, path.child('limits')),
    ...fractional(requests, name, path.child('requests')),
  ]);
}

/** What a pod costs on top of its containers. */
export function overheadWarnings(overhead: Quantities, path: FieldPath): readonly string[] {
  return ['memory', 'ephemeral-storage'].flatMap((name) => fractional(overhead, name, path));
}

/** The size of a claim; `path` is that of its resources. */
export function claimQuantityWarnings(
  resources: { readonly limits?: Record<string, string>; readonly requests?: Record<string, string> } | undefined,
  path: FieldPath,
): readonly string[] {
  return [
    ...fractional(resources?.requests, 'storage', path.child('requests')),
    ...fractional(resources?.limits, 'storage', path.child('limits')),
  ];
}
