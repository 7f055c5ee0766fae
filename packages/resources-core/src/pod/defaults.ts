import type { Container, Pod } from '@orlop/kubernetes-schema/core/v1';
import { dropInitContainerAnnotations, normalizePodSpec, podSpecDefaults } from '../pod-template/index.ts';
import { fillPodResources } from './pod-resource-defaults.ts';

/** Fills what is absent: what every pod spec gets, and what only pods get, not templates. */
export function applyPodDefaults(pod: Pod): void {
  const { spec } = pod;
  podSpecDefaults.apply(spec);
  const containers = [...(spec.containers ?? []), ...(spec.initContainers ?? [])];
  containers.forEach(requestLimits);
  fillPodResources(spec);
  spec.enableServiceLinks ??= true;
  if (spec.hostNetwork === true) containers.forEach(shareHostPorts);
}

/** Who limits a resource and does not say how much he needs of it needs all of it. */
function requestLimits({ resources }: Container): void {
  const { limits = {}, requests } = resources;
  if (Object.keys(limits).some((name) => requests?.[name] === undefined))
    resources.requests = { ...limits, ...requests };
}

/** On the network of the node, ports of containers are ports of the node. */
function shareHostPorts({ ports = [] }: Container): void {
  for (const port of ports) if (!port.hostPort) port.hostPort = port.containerPort;
}

/** Brings fields that say the same thing into agreement, and drops what has no meaning any more. */
export function normalizePod(pod: Pod): void {
  const { metadata, spec, status } = pod;
  normalizePodSpec(spec);
  if ((spec.terminationGracePeriodSeconds ?? 0) < 0) spec.terminationGracePeriodSeconds = 1;
  dropInitContainerAnnotations(metadata);
  // The singular is what old kubelets write, so it wins over a plural that says otherwise.
  const { podIP, podIPs = [] } = status;
  if (podIP && podIPs[0]?.ip !== podIP) status.podIPs = [{ ip: podIP }];
  else if (podIPs[0]?.ip) status.podIP = podIPs[0].ip;
}
