import type { PodSpec } from '@orlop/kubernetes-schema/core/v1';
import { together } from '../pod-template/pod-resources.ts';
import { isHugePages } from '../pod-template/resource-names.ts';

/** Resources that a pod as a whole may ask for. */
function isPodLevel(name: string): boolean {
  return name === 'cpu' || name === 'memory' || isHugePages(name);
}

/**
 * A pod that asks for some resources as a whole asks for the others too: for huge pages up to what its containers may
 * use, and where it has limits for what its containers need, else for all that the limits allow. Changes `spec`.
 */
export function fillPodResources(spec: PodSpec): void {
  const { resources } = spec;
  if (resources === undefined) return;
  const { limits = {}, requests = {} } = resources;
  if (Object.keys(limits).length === 0 && Object.keys(requests).length === 0) return;

  for (const [name, limit] of together(spec, 'limits')) {
    if (isHugePages(name) && requests[name] === undefined) limits[name] ??= limit;
  }
  if (Object.keys(limits).length === 0) return;
  resources.limits = limits;
  for (const [name, request] of together(spec, 'requests')) {
    if (isPodLevel(name) && !isHugePages(name)) requests[name] ??= request;
  }
  for (const [name, limit] of Object.entries(limits)) if (isPodLevel(name)) requests[name] ??= limit;
  if (Object.keys(requests).length > 0) resources.requests = requests;
}
