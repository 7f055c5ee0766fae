import type { Descriptions } from '../descriptions.ts';
import { conditionOf } from '../recurring-texts.ts';

export const podStatusDescriptions: Descriptions = {
  HostIP: {
    '': 'An address of the node of a pod.',
    ip: 'The address, IPv4 or IPv6.',
  },
  PodCondition: {
    ...conditionOf('Pod', 'For example PodScheduled, Initialized, ContainersReady, Ready or DisruptionTarget.'),
    observedGeneration: 'The metadata.generation of the pod when the condition was set.',
    lastProbeTime: 'When the condition was last checked.',
  },
  PodIP: {
    '': 'An address of a pod.',
    ip: 'The address, IPv4 or IPv6.',
  },
  PodStatus: {
    '': 'The observed state of a Pod. It may lag behind, as when the node cannot be reached.',
    observedGeneration: 'The metadata.generation of the spec that the status is about.',
    phase:
      'Where in its life the pod is: Pending before all containers have started, Running, Succeeded or Failed when all have ended, Unknown when the node is silent.',
    conditions: 'The latest observations of the state, one for each type of condition.',
    message: 'Explanation of the state, for people.',
    reason: 'One CamelCase word for the state, such as Evicted.',
    nominatedNodeName: 'Node on which pods are being ended to make room for this one. It may yet run elsewhere.',
    hostIP: 'Address of the node. Empty until the pod has a node.',
    hostIPs: 'All addresses of the node; the first equals hostIP.',
    podIP: 'Address of the pod. Empty until it has one.',
    podIPs: 'All addresses of the pod, at most one of each IP family; the first equals podIP.',
    startTime: 'When the kubelet took note of the pod, before any image was pulled.',
    initContainerStatuses: 'State of the init containers, in their order.',
    containerStatuses: 'State of the containers.',
    qosClass:
      'Class that decides who is ended first when resources run short: Guaranteed, Burstable or BestEffort. It follows from requests and limits.',
    ephemeralContainerStatuses: 'State of the ephemeral containers.',
    resize: 'State of a change of resources. Deprecated: see the conditions PodResizePending and PodResizeInProgress.',
    resourceClaimStatuses: 'The ResourceClaims that were made for entries of resourceClaims.',
    extendedResourceClaimStatus: 'The ResourceClaim that was made for extended resources, if there is one.',
    allocatedResources: 'Resources that the node has set aside for the pod in all.',
    resources: 'Requests and limits of the pod as a whole that are in force, if the spec has any.',
    nodeAllocatableResourceClaimStatuses:
      'Resources of the node, such as cpu and memory, that the pod has got through claims.',
  },
};
