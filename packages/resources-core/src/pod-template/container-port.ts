import { type FieldErrorList, type FieldPath, fieldError, isValidPortName } from '@orlop/apimachinery';
import type { Container, ContainerPort } from '@orlop/kubernetes-schema/core/v1';
import {
  defaults,
  each,
  field,
  nonZero,
  portNumber,
  type Rule,
  required,
  rule,
  rules,
  scope,
  setDefault,
  sharing,
  supported,
} from '@orlop/rest/rules';

export const containerPortDefaults = defaults<ContainerPort>((at) => [setDefault(at.protocol, 'TCP')]);

const portNames = scope<Set<string>>('port names');

/** A well-formed name that no earlier port of the container has. */
const ownPortName: Rule<string> = rule('portName', (name, path, context) => {
  if (name === '') return undefined;
  const complaints = isValidPortName(name);
  if (complaints.length > 0) return complaints.map((detail) => fieldError.invalid(path, name, detail));
  const names = context.scope(portNames);
  if (names.has(name)) return fieldError.duplicate(path, name);
  names.add(name);
  return undefined;
});

const containerPortRules = rules<ContainerPort>((at) => [
  field(at.name, ownPortName),
  field(at.containerPort, nonZero, portNumber),
  field(at.hostPort, portNumber),
  field(at.protocol, required, supported('SCTP', 'TCP', 'UDP')),
]);

export const containerPortsRule: Rule<readonly ContainerPort[]> = sharing(
  portNames,
  () => new Set(),
  each(containerPortRules),
);

/** No two ports of these containers take the same port of the node. */
export function hostPortConflicts(
  containers: readonly Pick<Container, 'ports'>[],
  pathOf: (index: number) => FieldPath,
): FieldErrorList {
  const errors: FieldErrorList = [];
  const taken = new Set<string>();
  for (const [index, { ports }] of containers.entries()) {
    for (const [portIndex, port] of (ports ?? []).entries()) {
      if (!port.hostPort) continue;
      const key = `${port.protocol ?? ''}/${port.hostIP ?? ''}/${port.hostPort}`;
      if (taken.has(key)) {
        errors.push(fieldError.duplicate(pathOf(index).child('ports').index(portIndex).child('hostPort'), key));
      }
      taken.add(key);
    }
  }
  return errors;
}
