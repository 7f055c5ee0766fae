import { fieldError, fieldPath, internalError, invalid, unclassified } from '@orlop/apimachinery';
import type { Service } from '@orlop/kubernetes-schema/core/v1';
import { mayHaveNodePorts, needsHealthCheck, nodePortsOf, wantsNodePorts } from '../traits.ts';
import type { Allocator } from './allocator.ts';

/** Gives the ports of a Service their node ports, the ones they ask for if they do. Changes `service`. */
export async function allocateNodePorts(service: Service, allocator: Allocator): Promise<void> {
  if (mayHaveNodePorts(service)) await fillPorts(service, allocator);
  if (needsHealthCheck(service)) await takeHealthCheckPort(service, allocator);
}

/** The same for an update: what it had it keeps, what it does not have any more is given back. */
export async function updateNodePorts(service: Service, old: Service, allocator: Allocator): Promise<void> {
  const before = nodePortsOf(old);
  if (mayHaveNodePorts(service)) {
    await refillPorts(service, before, allocator);
    const after = nodePortsOf(service);
    for (const port of before) if (!after.includes(port)) allocator.releasePort(port);
  } else if (mayHaveNodePorts(old)) {
    for (const port of before) allocator.releasePort(port);
  }
  if (needsHealthCheck(service) && !needsHealthCheck(old)) await takeHealthCheckPort(service, allocator);
  if (needsHealthCheck(old) && !needsHealthCheck(service)) allocator.releasePort(old.spec.healthCheckNodePort ?? 0);
}

/** Ports of one number (TCP and UDP) share a node port, unless they ask for different ones. */
async function fillPorts(service: Service, allocator: Allocator): Promise<void> {
  const { ports = [] } = service.spec;
  const given = new Map<number, number>();
  for (const [index, port] of ports.entries()) {
    if (!port.nodePort && !wantsNodePorts(service)) continue;
    const shared = given.get(port.port);
    if (shared !== undefined) {
      if (!port.nodePort) port.nodePort = shared;
      else if (port.nodePort !== shared) await takePort(service, index, port.nodePort, allocator);
      continue;
    }
    const asked = ports.find((other) => other.port === port.port && other.nodePort)?.nodePort;
    if (asked === undefined) port.nodePort = await takeAnyPort(allocator);
    else {
      await takePort(service, index, asked, allocator);
      port.nodePort = asked;
    }
    given.set(port.port, port.nodePort);
  }
}

async function refillPorts(service: Service, before: readonly number[], allocator: Allocator): Promise<void> {
  const taken = new Set(before);
  const seen = new Set<string>();
  for (const [index, port] of (service.spec.ports ?? []).entries()) {
    if (!port.nodePort && !wantsNodePorts(service)) continue;
    if (!port.nodePort) port.nodePort = await takeAnyPort(allocator);
    else if (!taken.has(port.nodePort)) {
      await takePort(service, index, port.nodePort, allocator);
      taken.add(port.nodePort);
    }
    const key = `{${port.protocol} ${port.nodePort}}`;
    if (seen.has(key)) throw unclassified(`duplicate nodePort: ${key}`);
    seen.add(key);
  }
}

async function takePort(service: Service, index: number, port: number, allocator: Allocator): Promise<void> {
  const refusal = await allocator.takePort(port);
  if (refusal === undefined) return;
  const path = fieldPath('spec', 'ports').index(index).child('nodePort');
  throw invalid({ group: '', kind: 'Service' }, service.metadata.name ?? '', [fieldError.invalid(path, port, refusal)]);
}

async function takeAnyPort(allocator: Allocator): Promise<number> {
  const port = await allocator.takeAnyPort();
  if (port === undefined) throw internalError('failed to allocate a nodePort: range is full');
  return port;
}

async function takeHealthCheckPort({ spec }: Service, allocator: Allocator): Promise<void> {
  const asked = spec.healthCheckNodePort ?? 0;
  if (asked === 0) {
    const port = await allocator.takeAnyPort();
    if (port === undefined) throw internalError('failed to allocate a HealthCheck NodePort 0: range is full');
    spec.healthCheckNodePort = port;
    return;
  }
  const refusal = await allocator.takePort(asked);
  if (refusal !== undefined)
    throw internalError(`failed to allocate requested HealthCheck NodePort ${asked}: ${refusal}`);
}
