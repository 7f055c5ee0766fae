import { invalid } from '@orlop/apimachinery';
import type { Service } from '@orlop/kubernetes-schema/core/v1';
import type { Finish, ResourceEnvironment, ResourceStore, StoreHooks } from '@orlop/rest';
import { Allocations } from './allocation/allocations.ts';
import { type Allocator, dryAllocator, realAllocator } from './allocation/allocator.ts';
import { alignClusterIPs, carryOver } from './allocation/carry-over.ts';
import { allocateClusterIPs, updateClusterIPs } from './allocation/cluster-ips.ts';
import { settleFamilies } from './allocation/families.ts';
import { allocateNodePorts, updateNodePorts } from './allocation/node-ports.ts';

/**
 * Addresses and node ports of Services: taken before validation looks at the Service, given back when the write fails and
 * when the Service is gone. The pools live as long as the server and learn at first use what the stored Services hold.
 */
export function serviceHooks(
  store: () => ResourceStore<Service>,
  environment: ResourceEnvironment,
): StoreHooks<Service> {
  const allocations = new Allocations(store, environment);
  const families = [...allocations.addresses.keys()];

  async function allocate(dryRun: boolean, take: (allocator: Allocator) => Promise<void>): Promise<Finish> {
    await allocations.ready();
    const allocator = dryRun ? dryAllocator(allocations) : realAllocator(allocations);
    try {
      await take(allocator);
    } catch (error) {
      allocator.finish(false);
      throw error;
    }
    return (success) => allocator.finish(success);
  }

  function settle(service: Service, old: Service | undefined): void {
    const errors = settleFamilies(service, old, families);
    if (errors.length > 0) throw invalid({ group: '', kind: 'Service' }, service.metadata.name ?? '', errors);
  }

  return {
    async beginCreate(_context, service, dryRun) {
      alignClusterIPs(service, undefined);
      settle(service, undefined);
      return allocate(dryRun, async (allocator) => {
        await allocateClusterIPs(service, allocator);
        await allocateNodePorts(service, allocator);
      });
    },
    async beginUpdate({ request }, service, old, dryRun) {
      // A status write keeps the stored spec, whatever its body says.
      if (request.subresource !== '') return undefined;
      carryOver(service, old);
      alignClusterIPs(service, old);
      settle(service, old);
      return allocate(dryRun, async (allocator) => {
        await updateClusterIPs(service, old, allocator);
        await updateNodePorts(service, old, allocator);
      });
    },
    afterDelete(service, dryRun) {
      if (!dryRun) allocations.release(service);
    },
    decorate: withoutIdlePolicy,
  };
}

/** ExternalName Services have no traffic of their own; what is stored of a policy is not shown. */
function withoutIdlePolicy(service: Service): Service {
  if (service.spec.type !== 'ExternalName' || service.spec.internalTrafficPolicy === undefined) return service;
  const { internalTrafficPolicy: _, ...spec } = service.spec;
  return { ...service, spec };
}
