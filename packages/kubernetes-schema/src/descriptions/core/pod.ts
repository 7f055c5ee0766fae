import type { Descriptions } from '../descriptions.ts';
import { listOf, objectFields } from '../recurring-texts.ts';

export const podDescriptions: Descriptions = {
  HostAlias: {
    '': 'A line of the hosts file of a pod.',
    ip: 'Address of the hosts.',
    hostnames: 'Names for the address.',
  },
  Pod: {
    '': 'Containers that run together on one node and share its network and volumes.',
    ...objectFields,
    spec: 'Which containers to run, and how.',
    status: 'State of the pod as its node last reported it. Read-only for users.',
  },
  PodDNSConfig: {
    '': 'DNS settings, in addition to those that follow from dnsPolicy.',
    nameservers: 'Addresses of further name servers, after the others. At most three in all.',
    searches: 'Further domains in which short names are looked up. At most 32.',
    options: 'Options of the resolver. They win over options of the same name from dnsPolicy.',
  },
  PodDNSConfigOption: {
    '': 'An option of the DNS resolver.',
    name: 'Name of the option, such as ndots.',
    value: 'Value of the option, if it has one.',
  },
  PodList: listOf('Pods'),
  PodOS: {
    '': 'The operating system that a pod is made for.',
    name: 'Either linux or windows.',
  },
  PodReadinessGate: {
    '': 'A further condition for a pod to be ready.',
    conditionType: 'Type of a condition of the pod that must be True.',
  },
  PodSpec: {
    '': 'The desired state of a Pod. Little of it can be changed after creation.',
    volumes: 'Volumes that the containers can mount.',
    initContainers:
      'Containers that run one after another, each to its end, before the others start. One with restartPolicy Always keeps running as a sidecar.',
    containers: 'The containers. At least one; none can be added or removed later.',
    ephemeralContainers:
      'Containers added to the running pod for debugging, through the ephemeralcontainers subresource.',
    restartPolicy: 'What follows the end of a container: Always, OnFailure or Never. The default is Always.',
    terminationGracePeriodSeconds:
      'Seconds that the processes get to end once they were asked to; 0 ends them at once. The default is 30.',
    activeDeadlineSeconds: 'Seconds from its start after which the pod is ended and counts as failed.',
    dnsPolicy:
      'Where names are looked up: ClusterFirst, ClusterFirstWithHostNet for pods with hostNetwork, Default as the node does, None only by dnsConfig. The default is ClusterFirst.',
    nodeSelector: 'Labels that a node must have to run the pod.',
    serviceAccountName: 'ServiceAccount as which the pod runs. The default is the account default.',
    serviceAccount: 'Deprecated second name of serviceAccountName.',
    automountServiceAccountToken: 'Whether a token of the service account is mounted. By default the account decides.',
    nodeName: 'Node that runs the pod. Filled in by the scheduler; given at creation, no scheduler is asked.',
    hostNetwork: 'Uses the network of the node. The default is false.',
    hostPID: 'Shares the process ids of the node. The default is false.',
    hostIPC: 'Shares the IPC objects of the node. The default is false.',
    shareProcessNamespace:
      'Lets the containers see and signal the processes of each other. Not together with hostPID. The default is false.',
    securityContext: 'Security settings of the pod and defaults for its containers.',
    imagePullSecrets: 'Secrets in the same namespace with which images are pulled.',
    hostname: 'Host name of the pod. The default is its name.',
    subdomain:
      'Domain of the pod below its namespace: it is then called hostname.subdomain.namespace.svc and the domain of the cluster.',
    affinity: 'Which nodes, and nodes of which other pods, are sought or avoided.',
    schedulerName: 'Scheduler that finds a node. The default is default-scheduler.',
    tolerations: 'Taints of nodes that do not keep the pod away.',
    hostAliases: 'Lines that are added to the hosts file.',
    priorityClassName: 'PriorityClass of the pod. Without one it gets the global default, or priority 0.',
    priority: 'Priority as a number; higher goes first. It follows from priorityClassName at admission.',
    dnsConfig: 'DNS settings, in addition to those that follow from dnsPolicy.',
    readinessGates: 'Conditions that must be True for the pod to be ready, beside its containers being so.',
    runtimeClassName:
      'RuntimeClass that says with which container runtime the pod is run. By default that of the node.',
    enableServiceLinks:
      'Whether the addresses of services in the namespace become variables of the containers. The default is true.',
    preemptionPolicy:
      'PreemptLowerPriority lets the scheduler end pods of lower priority to make room; Never waits. It follows from the priority class; the default is PreemptLowerPriority.',
    overhead:
      'Resources that running the pod costs beside its containers. It follows from the RuntimeClass at admission.',
    topologySpreadConstraints: 'How equal pods are spread over zones, nodes and the like. All constraints must hold.',
    setHostnameAsFQDN:
      'Makes the fully qualified name the host name, in place of its first part. The default is false.',
    os: 'Operating system of the containers. Fields that it does not have are then refused.',
    hostUsers:
      'Uses the user ids of the node; false gives the pod ids of its own, so that root inside is nobody outside. The default is true.',
    schedulingGates:
      'Names of things to wait for: no scheduler considers the pod while any is left. They can only be given at creation, then removed.',
    resourceClaims:
      'ResourceClaims that must be allocated before the pod starts; containers refer to them by name. Cannot be changed.',
    resources: 'Requests and limits of cpu, memory and huge pages for the pod as a whole, which its containers share.',
    hostnameOverride:
      'Host name that the pod sees, at most 64 characters, over hostname and subdomain and without effect on DNS. Not together with hostNetwork or setHostnameAsFQDN.',
    schedulingGroup:
      'Group of pods that the scheduler treats as one. By default the pod stands alone. Cannot be changed.',
  },
  PodTemplateSpec: {
    '': 'The pods that a controller makes.',
    metadata: 'Labels, annotations and other metadata for the pods.',
    spec: 'The desired state of the pods.',
  },
};
