import type { Service } from '@orlop/kubernetes-schema/core/v1';
import { needsClusterIP, needsHealthCheck, nodePortsOf, sameClusterIPs, wantsNodePorts } from '../traits.ts';

/** A writer who says nothing of what was allocated means to keep it. Changes `service`. */
export function carryOver(service: Service, old: Service): void {
  const { spec } = service;
  if (needsClusterIP(service) && needsClusterIP(old)) {
    if (!spec.clusterIP && old.spec.clusterIP) spec.clusterIP = old.spec.clusterIP;
    if (!spec.clusterIPs?.length && old.spec.clusterIPs?.length) spec.clusterIPs = old.spec.clusterIPs;
  }
  if (wantsNodePorts(service) && wantsNodePorts(old)) {
    const kept = new Set(nodePortsOf(service));
    const before = new Map((old.spec.ports ?? []).map(({ name = '', nodePort = 0 }) => [name, nodePort]));
    for (const port of spec.ports ?? []) {
      const nodePort = before.get(port.name ?? '') ?? 0;
      if (!port.nodePort && nodePort !== 0 && !kept.has(nodePort)) port.nodePort = nodePort;
    }
  }
  if (needsHealthCheck(service) && needsHealthCheck(old) && !spec.healthCheckNodePort && old.spec.healthCheckNodePort) {
    spec.healthCheckNodePort = old.spec.healthCheckNodePort;
  }
}

/** Lets clients that know only `clusterIP` or only `clusterIPs` write either. Changes `service`. */
export function alignClusterIPs(service: Service, old: Service | undefined): void {
  const { spec } = service;
  if (old === undefined) {
    if (spec.clusterIP && !spec.clusterIPs?.length) spec.clusterIPs = [spec.clusterIP];
    return;
  }
  const untouched = sameClusterIPs(service, old);
  if (old.spec.clusterIPs?.length && !spec.clusterIPs?.length && old.spec.clusterIP === spec.clusterIP) {
    // The plural was cleared and the singular left: that clears nothing.
    spec.clusterIPs = old.spec.clusterIPs;
  }
  if (old.spec.clusterIP === spec.clusterIP || !untouched) return;
  if (spec.clusterIP) spec.clusterIPs = [spec.clusterIP];
  else delete spec.clusterIPs;
}
