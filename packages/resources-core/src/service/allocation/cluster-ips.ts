import { fieldError, internalError, invalid } from '@orlop/apimachinery';
import type { Service } from '@orlop/kubernetes-schema/core/v1';
import { clusterIPsPath } from '../ip-families.ts';
import { isHeadless, needsClusterIP } from '../traits.ts';
import type { Allocator } from './allocator.ts';
import { keepsPreference } from './families.ts';

/** Gives a Service an address of each of its families, the ones it asks for if it does. Changes `service`. */
export async function allocateClusterIPs(service: Service, allocator: Allocator): Promise<void> {
  if (needsClusterIP(service) && !isHeadless(service)) await fill(service, 0, allocator);
}

/** The same for an update: addresses change only with the type, or when a second family comes or goes. */
export async function updateClusterIPs(service: Service, old: Service, allocator: Allocator): Promise<void> {
  if (keepsPreference(service, old)) return;
  if (!needsClusterIP(old)) return allocateClusterIPs(service, allocator);
  if (isHeadless(old)) return;
  const before = old.spec.clusterIPs ?? [];
  if (!needsClusterIP(service)) {
    for (const ip of before) allocator.releaseAddress(ip);
    return;
  }
  const { ipFamilies: families = [] } = service.spec;
  const { ipFamilies: oldFamilies = [] } = old.spec;
  if (oldFamilies.length === 1 && families.length === 2) await fill(service, 1, allocator);
  if (oldFamilies.length === 2 && families.length === 1 && before[1] !== undefined) allocator.releaseAddress(before[1]);
}

/** Takes the addresses of all families from `start` on. */
async function fill(service: Service, start: number, allocator: Allocator): Promise<void> {
  const { spec, metadata } = service;
  const clusterIPs = [...(spec.clusterIPs ?? [])];
  for (const [index, family] of (spec.ipFamilies ?? []).entries()) {
    if (index < start) continue;
    const wanted = clusterIPs[index] ?? '';
    if (wanted === '') {
      const ip = await allocator.takeAnyAddress(family);
      if (ip === undefined) {
        throw internalError(`failed to allocate a serviceIP for Service "${metadata.name ?? ''}": range is full`);
      }
      clusterIPs[index] = ip;
      continue;
    }
    const refusal = await allocator.takeAddress(family, wanted);
    if (refusal !== undefined) {
      const error = fieldError.invalid(clusterIPsPath, spec.clusterIPs, `failed to allocate IP ${wanted}: ${refusal}`);
      throw invalid({ group: '', kind: 'Service' }, metadata.name ?? '', [error]);
    }
  }
  spec.clusterIPs = clusterIPs;
  if (clusterIPs[0] !== undefined) spec.clusterIP = clusterIPs[0];
}
