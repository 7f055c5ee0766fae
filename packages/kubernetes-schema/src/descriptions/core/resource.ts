import type { Descriptions } from '../descriptions.ts';

/** Processor, memory, devices: what containers ask for and get. */
export const resourceDescriptions: Descriptions = {
  ContainerExtendedResourceRequest: {
    '': 'Maps an extended resource of a container to the request in the claim that backs it.',
    containerName: 'Name of the container.',
    resourceName: 'Name of the extended resource, such as example.com/gpu.',
    requestName: 'Name of the request in the claim.',
  },
  ContainerResizePolicy: {
    '': 'What a change of a resource does to a running container.',
    resourceName: 'The resource: cpu or memory.',
    restartPolicy:
      'NotRequired changes the container as it runs if possible; RestartContainer restarts it. NotRequired applies when no policy is given.',
  },
  NodeAllocatableResourceClaimStatus: {
    '': 'Resources of the node, such as cpu or memory, that a pod has got through a claim.',
    resourceClaimName: 'Name of the ResourceClaim through which the pod got them.',
    containers: 'Names of the containers that use the claim.',
    resources: 'Amounts that the claim has got in all, by resource.',
  },
  PodExtendedResourceClaimStatus: {
    '': 'The ResourceClaim made for the extended resources of a pod.',
    requestMappings: 'Which request of the claim stands for which extended resource of which container.',
    resourceClaimName: 'Name of the claim, in the namespace of the pod.',
  },
  PodResourceClaim: {
    '': 'A ResourceClaim that a pod uses, directly or through a template. Exactly one of the two is given.',
    name: 'Name of the claim within the pod, a DNS label. Containers refer to it.',
    resourceClaimName: 'Name of a ResourceClaim in the namespace of the pod. Other pods may use it too.',
    resourceClaimTemplateName:
      'Name of a ResourceClaimTemplate in the namespace of the pod. A claim is made from it for this pod and deleted with it.',
  },
  PodResourceClaimStatus: {
    '': 'The claim that was made for an entry of resourceClaims with a template.',
    name: 'Name of the entry in resourceClaims.',
    resourceClaimName: 'Name of the claim that was made. Absent when none was needed.',
  },
  ResourceClaim: {
    '': 'A claim of the pod that a container uses.',
    name: 'Name of an entry in resourceClaims of the pod.',
    request: 'Name of one request in the claim, if the container uses only that. By default all of it.',
  },
  ResourceFieldSelector: {
    '': 'Selects a request or limit of a container, for variables and files.',
    containerName: 'Name of the container. Needed in volumes; in variables the default is the container itself.',
    resource: 'What to give, such as limits.cpu or requests.memory.',
    divisor: 'Unit of the output, such as 1Mi. The result is rounded up. The default is 1.',
  },
  ResourceHealth: {
    '': 'Health of one device.',
    resourceID: 'Identifier of the device, unique for the resource on the node.',
    health: 'Healthy, Unhealthy or Unknown.',
    message: 'Explanation for people, if the driver gives one.',
  },
  ResourceRequirements: {
    '': 'How much of the resources is asked for and allowed.',
    limits: 'Most that may be used, by resource, such as cpu or memory.',
    requests: 'What is set aside, by resource; scheduling counts it. The default is limits. Not more than limits.',
    claims: 'Claims of the pod that the container uses. Only for containers; cannot be changed.',
  },
  ResourceStatus: {
    '': 'Health of the devices of one resource that a container has got.',
    name: 'Name of the resource, such as example.com/gpu, or claim:NAME/REQUEST for a claim.',
    resources: 'Health of each device.',
  },
};
