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
    const refused = (what: string, refusal: string) => {
      const shown = spec.clusterIPs ?? clusterIPs.slice(0, index).concat('');
      const error = fieldError.invalid(clusterIPsPath, shown, `failed to allocate IP${what}: ${refusal}`);
      return invalid({ group: '', kind: 'Service' }, metadata.name ?? '', [error]);
    };
    if (wanted === '') {
      const ip = await allocator.takeAnyAddress(family);
      if (ip === undefined) {
        throw internalError(`failed to allocate a serviceIP for Service "${metadata.name ?? ''}": range is full`);
      }
      const fault = allocator.ownerFault(metadata.name ?? '', ip);
      if (fault !== undefined) throw refused('', fault);
      clusterIPs[index] = ip;
      continue;
    }
    const refusal =
      allocator.outsideRange(family, wanted) ??
      allocator.ownerFault(metadata.name ?? '', wanted) ??
      (await allocator.takeAddress(family, wanted));
    if (refusal !== undefined) throw refused(` ${wanted}`, refusal);
  }
  spec.clusterIPs = clusterIPs;
  if (clusterIPs[0] !== undefined) spec.clusterIP = clusterIPs[0];
}
