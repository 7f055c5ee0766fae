import {
  type FieldErrorList,
  fieldError,
  fieldPath,
  isDNS1123Subdomain,
  nameIsDNSLabel,
  validateLabels,
} from '@orlop/apimachinery';
import type { Service } from '@orlop/kubernetes-schema/core/v1';
import { check, field, type Rule, required, rule, rules, supported, when } from '@orlop/rest';
import { validateMetadata, validateMetadataUpdate } from '../metadata/validate-metadata.ts';
import { externalIPErrors, sourceRangeErrors } from './external-addresses.ts';
import { clusterIPChangeErrors, familyChangeErrors } from './ip-changes.ts';
import { clusterIPErrors } from './ip-families.ts';
import { clusterIPNodePortErrors, duplicatePortErrors, portErrors } from './ports.ts';
import {
  externalTrafficPolicyErrors,
  healthCheckPortChangeErrors,
  healthCheckPortErrors,
  internalTrafficPolicyErrors,
  loadBalancerClassChangeErrors,
  loadBalancerClassErrors,
  loadBalancerErrors,
  trafficDistributionErrors,
} from './traffic.ts';
import { isHeadless } from './traits.ts';

const metadataPath = fieldPath('metadata');
const spec = fieldPath('spec');

const labelMap: Rule<Readonly<Record<string, string>>> = rule('labels', (labels, path) => validateLabels(labels, path));

/** Everything about a Service but its metadata. */
const serviceRules = rules<Service>((at) => [
  check(topologyErrors),
  when((service) => !isHeadless(service) && service.spec.type !== 'ExternalName', field(at.spec.ports, required)),
  check(typeErrors),
  check(portErrors),
  field(at.spec.selector, labelMap),
  field(at.spec.sessionAffinity, required, supported('ClientIP', 'None')),
  check(affinityErrors),
  check((service, _path, { old }) => clusterIPErrors(service, old as Service | undefined), 'clusterIPs'),
  check((service, _path, { old }) => externalIPErrors(service, old as Service | undefined), 'externalIPs'),
  field(at.spec.type, required, supported('ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort')),
  check(clusterIPNodePortErrors),
  check(duplicatePortErrors),
  check((service, _path, { old }) => sourceRangeErrors(service, old as Service | undefined), 'sourceRanges'),
  check(loadBalancerErrors),
  check(loadBalancerClassErrors),
  check(externalTrafficPolicyErrors),
  check(healthCheckPortErrors),
  check(internalTrafficPolicyErrors),
  check(trafficDistributionErrors),
]);

/** Faults of a new Service, whose addresses and ports are allocated already. */
export function validateServiceCreate(service: Service): FieldErrorList {
  return [
    ...validateMetadata(service.metadata, { namespaced: true, nameRule: nameIsDNSLabel, path: metadataPath }),
    ...serviceRules.validate(service, undefined, { operation: 'create' }),
  ];
}

/** Faults of a change: of the change itself first, then of the new Service. */
export function validateServiceUpdate(service: Service, old: Service): FieldErrorList {
  return [
    ...validateMetadataUpdate(service.metadata, old.metadata, metadataPath),
    ...clusterIPChangeErrors(service, old),
    ...familyChangeErrors(service, old),
    ...loadBalancerClassChangeErrors(service, old),
    ...healthCheckPortChangeErrors(service, old),
    ...serviceRules.validate(service, undefined, { operation: 'update', old }),
  ];
}

const modeAnnotation = 'service.kubernetes.io/topology-mode';
const hintsAnnotation = 'service.kubernetes.io/topology-aware-hints';

/** An annotation and its old name must not say different things. */
function topologyErrors({ metadata: { annotations = {} } }: Service): FieldErrorList {
  const { [modeAnnotation]: mode, [hintsAnnotation]: hints } = annotations;
  if (mode === undefined || hints === undefined || mode === hints) return [];
  const detail = `must match annotations[${hintsAnnotation}] when both are specified`;
  return [fieldError.invalid(metadataPath.child('annotations').key(modeAnnotation), mode, detail)];
}

/** What each type demands of cluster IPs and of the external name. */
function typeErrors(service: Service): FieldErrorList {
  const { type } = service.spec;
  if (type === 'ExternalName') return externalNameErrors(service);
  if ((type === 'LoadBalancer' || type === 'NodePort') && isHeadless(service)) {
    const path = spec.child('clusterIPs').index(0);
    return [fieldError.invalid(path, 'None', `may not be set to 'None' for ${type} services`)];
  }
  return [];
}

function externalNameErrors({
  spec: { clusterIPs, ipFamilies, ipFamilyPolicy, externalName = '' },
}: Service): FieldErrorList {
  const set = { clusterIPs: clusterIPs?.length, ipFamilies: ipFamilies?.length, ipFamilyPolicy };
  const errors = Object.entries(set)
    .filter(([, value]) => value)
    .map(([name]) => fieldError.forbidden(spec.child(name), 'may not be set for ExternalName services'));
  // A dot at the end says that the name is complete.
  const name = externalName.endsWith('.') ? externalName.slice(0, -1) : externalName;
  const path = spec.child('externalName');
  if (name === '') errors.push(fieldError.required(path));
  else for (const detail of isDNS1123Subdomain(name)) errors.push(fieldError.invalid(path, name, detail));
  return errors;
}

/** Seconds of a day: clients stay no longer with one endpoint. */
const longestAffinity = 86400;

function affinityErrors({ spec: { sessionAffinity, sessionAffinityConfig: config } }: Service): FieldErrorList {
  const path = spec.child('sessionAffinityConfig');
  if (sessionAffinity === 'None') {
    return config === undefined ? [] : [fieldError.forbidden(path, 'must not be set when session affinity is None')];
  }
  if (sessionAffinity !== 'ClientIP') return [];
  const needed = 'when session affinity type is ClientIP';
  if (config === undefined) return [fieldError.required(path, needed)];
  const client = path.child('clientIP');
  if (config.clientIP === undefined) return [fieldError.required(client, needed)];
  const timeout = client.child('timeoutSeconds');
  const { timeoutSeconds } = config.clientIP;
  if (timeoutSeconds === undefined) return [fieldError.required(timeout, needed)];
  return timeoutSeconds > 0 && timeoutSeconds <= longestAffinity
    ? []
    : [fieldError.invalid(timeout, timeoutSeconds, `must be greater than 0 and less than ${longestAffinity}`)];
}
