import type { FieldPath } from '@orlop/apimachinery';
import type { ContainerPort, PodSpec } from '@orlop/kubernetes-schema/core/v1';
import { allContainersWithPath } from '../container-kinds.ts';

/** A port as Go prints a struct. */
const printed = ({ name = '', hostPort = 0, containerPort, protocol = '', hostIP = '' }: ContainerPort) =>
  `{Name:${name} HostPort:${hostPort} ContainerPort:${containerPort} Protocol:${protocol} HostIP:${hostIP}}`;

/** What two ports of the same number and protocol have to do with each other. */
function relation(
  a: ContainerPort,
  b: ContainerPort,
): 'duplicate' | 'overlapping' | 'dangerously ambiguous' | undefined {
  const [hostA, hostB] = [a.hostPort ?? 0, b.hostPort ?? 0];
  const [ipA, ipB] = [a.hostIP ?? '', b.hostIP ?? ''];
  if (hostA === hostB && ipA === ipB) return 'duplicate';
  if (hostA === 0 || hostB === 0) return 'overlapping';
  return hostA === hostB && (ipA === '') !== (ipB === '') ? 'dangerously ambiguous' : undefined;
}

export function portWarnings(spec: PodSpec, path: FieldPath): readonly string[] {
  const definitions: string[] = [];
  const names: string[] = [];
  const ports: { readonly port: ContainerPort; readonly at: FieldPath }[] = [];
  const named = new Map<string, FieldPath>();
  for (const [container, containerPath] of allContainersWithPath(spec, path)) {
    for (const [index, port] of (container.ports ?? []).entries()) {
      const at = containerPath.child('ports').index(index);
      if ((port.hostIP ?? '') !== '' && !port.hostPort) {
        definitions.push(`${at}: hostIP set without hostPort: ${printed(port)}`);
      }
      for (const other of ports) {
        if (other.port.containerPort !== port.containerPort || other.port.protocol !== port.protocol) continue;
        const kind = relation(port, other.port);
        if (kind !== undefined) definitions.push(`${at}: ${kind} port definition with ${other.at}`);
      }
      ports.push({ port, at });
      const name = port.name ?? '';
      if (name === '') continue;
      const first = named.get(name);
      if (first === undefined) named.set(name, at);
      else {
        names.push(
          `${at}: duplicate port name ${JSON.stringify(name)} with ${first}, services and probes that select ports by name will use ${first}`,
        );
      }
    }
  }
  return [...definitions, ...names];
}
