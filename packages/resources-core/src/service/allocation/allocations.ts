import { everythingFields, everythingLabels, type Runtime } from '@orlop/apimachinery';
import type { Service } from '@orlop/kubernetes-schema/core/v1';
import type { RequestContext, ResourceEnvironment, ResourceStore } from '@orlop/rest';
import type { IpFamily } from '../ip-families.ts';
import { needsHealthCheck, nodePortsOf } from '../traits.ts';
import { type AddressRange, addressRange } from './address-range.ts';
import { Pool } from './pool.ts';

export interface AddressPool {
  readonly range: AddressRange;
  readonly pool: Pool;
}

/** The cluster IPs and node ports of one server. */
export class Allocations {
  /** By family; the first range's family is that of Services that do not ask for one. */
  readonly addresses: ReadonlyMap<IpFamily, AddressPool>;
  readonly firstPort: number;
  readonly lastPort: number;
  /** Ports are counted from the first. */
  readonly ports: Pool;
  readonly #store: () => ResourceStore<Service>;
  #loading: Promise<void> | undefined;

  /** @throws Error when the environment names no valid range */
  constructor(store: () => ResourceStore<Service>, environment: ResourceEnvironment) {
    const { runtime, serviceClusterIPRange, serviceNodePortRange } = environment;
    this.#store = store;
    const ranges = serviceClusterIPRange.split(',').map((text) => addressRange(text.trim()));
    this.addresses = new Map(
      ranges.map((range) => [range.family, { range, pool: poolOf(range.size, 16, 256, runtime) }]),
    );
    [this.firstPort, this.lastPort] = serviceNodePortRange;
    this.ports = poolOf(this.lastPort - this.firstPort + 1, 32, 128, runtime);
  }

  get defaultFamily(): IpFamily {
    return [...this.addresses.keys()][0]!;
  }

  /** Resolves when everything stored is known. A failure is not remembered. */
  async ready(): Promise<void> {
    this.#loading ??= this.reconcile().catch((error: unknown) => {
      this.#loading = undefined;
      throw error;
    });
    await this.#loading;
  }

  /** Compares with what the stored Services hold. */
  async reconcile(): Promise<void> {
    const { items } = await this.#store().list(serverContext, everything);
    const services = items.map(({ object }) => object);
    for (const { range, pool } of this.addresses.values()) {
      pool.reconcile(new Set(services.flatMap((service) => indexesIn(range, service))));
    }
    this.ports.reconcile(new Set(services.flatMap((service) => this.portIndexes(service))));
  }

  /** Gives back all that a deleted Service held. */
  release(service: Service): void {
    for (const { range, pool } of this.addresses.values()) {
      for (const index of indexesIn(range, service)) pool.give(index);
    }
    for (const index of this.portIndexes(service)) this.ports.give(index);
  }

  /** Undefined when the port is out of range. */
  portIndex(port: number): number | undefined {
    return port >= this.firstPort && port <= this.lastPort ? port - this.firstPort : undefined;
  }

  portIndexes(service: Service): readonly number[] {
    const health = needsHealthCheck(service) ? (service.spec.healthCheckNodePort ?? 0) : 0;
    return [...nodePortsOf(service), health].flatMap((port) => this.portIndex(port) ?? []);
  }
}

/** A part of each range, within bounds, is left to those who ask for fixed numbers. */
function poolOf(size: number, step: number, most: number, runtime: Runtime): Pool {
  const reserved = size <= 16 ? 0 : Math.min(most, Math.max(16, Math.floor(size / step)));
  return new Pool({ size, reserved, runtime });
}

function indexesIn(range: AddressRange, { spec: { clusterIPs = [] } }: Service): readonly number[] {
  return clusterIPs.flatMap((ip) => range.indexOf(ip) ?? []);
}

const everything = {
  labelSelector: everythingLabels,
  fieldSelector: everythingFields,
  resourceVersion: '',
  resourceVersionMatch: '',
  limit: 0,
  continue: '',
};

/** The server asks for itself, for no one's request: Services of all namespaces. */
const serverContext: RequestContext = {
  request: {
    isResourceRequest: true,
    path: '/api/v1/services',
    verb: 'list',
    apiGroup: '',
    apiVersion: 'v1',
    namespace: '',
    resource: 'services',
    subresource: '',
    name: '',
  },
  user: { name: 'system:apiserver', uid: '', groups: ['system:masters'], extra: {} },
  signal: { aborted: false, addEventListener() {}, removeEventListener() {} },
  warn() {},
};
