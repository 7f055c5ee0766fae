import {
  type FieldErrorList,
  type FieldPath,
  fieldError,
  fieldPath,
  isDNS1123Label,
  isDNS1123Subdomain,
} from '@orlop/apimachinery';
import type { Container, ContainerStatus, Pod, PodSpec, ResourceHealth } from '@orlop/kubernetes-schema/core/v1';

const status = fieldPath('status');

/** Claims that were made for the pod: those of its spec, each once. */
export function claimStatusErrors({ spec, status: { resourceClaimStatuses = [] } }: Pod): FieldErrorList {
  const known = new Set((spec.resourceClaims ?? []).map(({ name }) => name));
  const seen = new Set<string>();
  return resourceClaimStatuses.flatMap(({ name = '', resourceClaimName }, index) => {
    const path = status.child('resourceClaimStatuses').index(index);
    const errors: FieldErrorList = [];
    if (!known.has(name)) {
      errors.push(
        fieldError.invalid(path.child('name'), name, 'must match the name of an entry in `spec.resourceClaims`'),
      );
    } else if (seen.has(name)) errors.push(fieldError.duplicate(path.child('name'), name));
    seen.add(name);
    if (resourceClaimName !== undefined) errors.push(...claimNameErrors(resourceClaimName, path));
    return errors;
  });
}

const claimNameErrors = (name: string, path: FieldPath): FieldErrorList =>
  isDNS1123Subdomain(name).map((detail) => fieldError.invalid(path.child('resourceClaimName'), name, detail));

/** The claim that was made for resources with a domain, and which containers use it. */
export function extendedClaimErrors({ spec, status: { extendedResourceClaimStatus } }: Pod): FieldErrorList {
  if (extendedResourceClaimStatus === undefined) return [];
  const { requestMappings, resourceClaimName = '' } = extendedResourceClaimStatus;
  const path = status.child('extendedResourceClaimStatus');
  const mappings = requestMappings ?? [];
  const errors: FieldErrorList = [];
  if (mappings.length === 0) {
    errors.push(fieldError.required(path.child('requestMappings'), 'at least one request mapping is required'));
  }
  const containers = startedContainers(spec);
  const seen = new Set<string>();
  for (const [index, { containerName = '', resourceName = '', requestName = '' }] of mappings.entries()) {
    const here = path.child('requestMappings').index(index);
    const mapping = { containerName, resourceName, requestName };
    const key = JSON.stringify(mapping);
    if (seen.has(key)) {
      for (const [name, value] of Object.entries(mapping)) errors.push(fieldError.duplicate(here.child(name), value));
    }
    seen.add(key);
    const named = containers.filter(({ name }) => name === containerName);
    if (named.length === 0) {
      const detail = 'must match the name of an entry in spec.initContainers.name or spec.containers.name';
      errors.push(fieldError.invalid(here.child('containerName'), containerName, detail));
    } else if (!named.some(({ resources }) => Object.hasOwn(resources?.requests ?? {}, resourceName))) {
      const detail =
        'must match the extended resource name of an entry in spec.initContainers.resources.requests or spec.containers.resources.requests';
      errors.push(fieldError.invalid(here.child('resourceName'), resourceName, detail));
    }
    errors.push(
      ...isDNS1123Label(requestName).map((detail) =>
        fieldError.invalid(path.child('requestName'), requestName, detail),
      ),
    );
  }
  if (resourceClaimName === '') errors.push(fieldError.required(path.child('resourceClaimName'), ''));
  else errors.push(...claimNameErrors(resourceClaimName, path));
  return errors;
}

const startedContainers = ({ initContainers, containers }: PodSpec): readonly Container[] => [
  ...(initContainers ?? []),
  ...(containers ?? []),
];

const lists = ['containerStatuses', 'initContainerStatuses', 'ephemeralContainerStatuses'] as const;

/** As whom the containers run. */
export function containerUserErrors(pod: Pod): FieldErrorList {
  return lists.flatMap((list) => {
    const statuses: readonly ContainerStatus[] = pod.status[list] ?? [];
    return statuses.flatMap(({ user }, index) => {
      if (user?.linux === undefined) return [];
      const path = status.child(list).index(index).child('user', 'linux');
      const { uid = 0, gid = 0, supplementalGroups } = user.linux;
      return [
        ...identifierErrors(path.child('uid'), uid),
        ...identifierErrors(path.child('gid'), gid),
        ...(supplementalGroups ?? []).flatMap((group, at) =>
          identifierErrors(path.child('supplementalGroups').index(at), group),
        ),
      ];
    });
  });
}

const largestIdentifier = 2147483647;

function identifierErrors(path: FieldPath, id: number | bigint): FieldErrorList {
  if (id >= 0 && id <= largestIdentifier) return [];
  return [fieldError.invalid(path, id, `must be between 0 and ${largestIdentifier}, inclusive`)];
}

/** How the devices are that containers got: those that they asked for. */
export function allocatedStatusErrors({ spec, status: now }: Pod): FieldErrorList {
  return [
    ...allocatedErrors('containerStatuses', now.containerStatuses ?? [], spec.containers ?? []),
    ...allocatedErrors('initContainerStatuses', now.initContainerStatuses ?? [], spec.initContainers ?? []),
    ...(now.ephemeralContainerStatuses ?? []).flatMap(({ allocatedResourcesStatus }, index) => {
      if ((allocatedResourcesStatus ?? []).length === 0) return [];
      const path = status.child('ephemeralContainerStatuses').index(index).child('allocatedResourcesStatus');
      return [fieldError.forbidden(path, 'must not be specified in container status')];
    }),
  ];
}

function allocatedErrors(
  list: string,
  statuses: readonly ContainerStatus[],
  containers: readonly Container[],
): FieldErrorList {
  return statuses.flatMap(({ name, allocatedResourcesStatus }, index) => {
    const container = containers.find((one) => one.name === name);
    return (allocatedResourcesStatus ?? []).flatMap(({ name: resource = '', resources }, at) => {
      const path = status.child(list).index(index).child('allocatedResourcesStatus').index(at);
      return [
        ...(container === undefined ? [] : unaskedErrors(path.child('name'), resource, container)),
        ...healthErrors(path.child('resources'), resources ?? []),
      ];
    });
  });
}

function unaskedErrors(path: FieldPath, resource: string, { resources }: Container): FieldErrorList {
  if (!resource.startsWith('claim:')) {
    if (Object.hasOwn(resources?.requests ?? {}, resource)) return [];
    return [fieldError.invalid(path, resource, "must match one of the container's resource requests")];
  }
  const claims = (resources?.claims ?? []).map(({ name, request }) => `claim:${name}${request ? `/${request}` : ''}`);
  if (claims.includes(resource)) return [];
  const detail =
    "must match one of the container's resource claims in a format 'claim:<claimName>/<request>' or 'claim:<claimName>' if request is empty";
  return [fieldError.invalid(path, resource, detail)];
}

const healths = ['Healthy', 'Unhealthy', 'Unknown'];

function healthErrors(path: FieldPath, resources: readonly ResourceHealth[]): FieldErrorList {
  const seen = new Set<string>();
  return resources.flatMap(({ resourceID = '', health = '', message }, index) => {
    const here = path.index(index);
    const errors: FieldErrorList = [];
    if (!healths.includes(health)) errors.push(fieldError.notSupported(here.child('health'), health, healths));
    if (message === '') errors.push(fieldError.required(here.child('message'), 'must be non-empty if specified'));
    if (seen.has(resourceID)) errors.push(fieldError.duplicate(here.child('resourceID'), resourceID));
    seen.add(resourceID);
    return errors;
  });
}
