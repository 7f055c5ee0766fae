import {
  type FieldErrorList,
  type FieldPath,
  fieldError,
  fieldPath,
  isValidPortName,
  isValidPortNum,
} from '@orlop/apimachinery';
import type { Service, ServicePort } from '@orlop/kubernetes-schema/core/v1';
import { dnsLabel, field, portNumber, qualifiedName, type Rule, required, rule, rules, supported } from '@orlop/rest';

const portsPath = fieldPath('spec', 'ports');

const portNumberOrName: Rule<number | string> = rule('portNumberOrName', (value, path) => {
  const complaints = typeof value === 'number' ? isValidPortNum(value) : isValidPortName(value);
  return complaints.map((detail) => fieldError.invalid(path, value, detail));
});

const nameRules = rules<ServicePort>((at) => [field(at.name, dnsLabel)]);

const numberRules = rules<ServicePort>((at) => [
  field(at.port, portNumber),
  field(at.protocol, required, supported('SCTP', 'TCP', 'UDP')),
  field(at.targetPort, portNumberOrName),
  field(at.appProtocol, qualifiedName),
]);

const request = { operation: 'create' } as const;

/** Faults of each port by itself, and of its name among the others. */
export function portErrors({ spec: { ports = [] } }: Service): FieldErrorList {
  const names = new Set<string>();
  return ports.flatMap((port, index) => {
    const path = portsPath.index(index);
    return [...nameErrors(port, path, ports.length > 1, names), ...numberRules.validate(port, path, request)];
  });
}

function nameErrors(port: ServicePort, path: FieldPath, needed: boolean, names: Set<string>): FieldErrorList {
  const { name } = port;
  if (!name) return needed ? [fieldError.required(path.child('name'))] : [];
  const errors = nameRules.validate(port, path, request);
  if (names.has(name)) errors.push(fieldError.duplicate(path.child('name'), name));
  names.add(name);
  return errors;
}

/** Node ports are for types that have them; other types than ClusterIP lose theirs in silence or never had them. */
export function clusterIPNodePortErrors({ spec: { type, ports = [] } }: Service): FieldErrorList {
  if (type !== 'ClusterIP') return [];
  return ports.flatMap(({ nodePort }, index) =>
    nodePort
      ? [fieldError.forbidden(portsPath.index(index).child('nodePort'), "may not be used when `type` is 'ClusterIP'")]
      : [],
  );
}

/** No two ports of one protocol share a node port, nor a port. */
export function duplicatePortErrors({ spec: { ports = [] } }: Service): FieldErrorList {
  const nodePorts = repeated(ports, ({ nodePort }) => nodePort || undefined).map((index) =>
    fieldError.duplicate(portsPath.index(index).child('nodePort'), ports[index]!.nodePort),
  );
  const numbers = repeated(ports, ({ port }) => port).map((index) =>
    fieldError.duplicate(portsPath.index(index), shown(ports[index]!)),
  );
  return [...nodePorts, ...numbers];
}

/** Indexes of ports whose number was there before with the same protocol. */
function repeated(ports: readonly ServicePort[], number: (port: ServicePort) => number | undefined): readonly number[] {
  const seen = new Set<string>();
  return [...ports.keys()].filter((index) => {
    const port = ports[index]!;
    const found = number(port);
    if (found === undefined) return false;
    const key = `${port.protocol}/${found}`;
    const again = seen.has(key);
    seen.add(key);
    return again;
  });
}

/** Messages show the protocol and port of a repeated port in upstream's internal struct, everything else zero. */
function shown({ protocol = '', port }: ServicePort) {
  return { Name: '', Protocol: protocol, AppProtocol: null, Port: port, TargetPort: 0, NodePort: 0 };
}
