import type { Descriptions } from '../descriptions.ts';

/** Where pods run: affinity, tolerations, spreading, gates. */
export const schedulingDescriptions: Descriptions = {
  Affinity: {
    '': 'What attracts a pod to nodes or keeps it away.',
    nodeAffinity: 'Nodes that are sought, by their labels.',
    podAffinity: 'Pods that are sought: run near them.',
    podAntiAffinity: 'Pods that are avoided: do not run near them.',
  },
  NodeAffinity: {
    '': 'Nodes that a pod seeks, by their labels.',
    requiredDuringSchedulingIgnoredDuringExecution:
      'Which nodes may run the pod. Later changes of labels do not move it.',
    preferredDuringSchedulingIgnoredDuringExecution:
      'Which nodes are better than others: each term adds its weight to the nodes that match, and the highest sum wins.',
  },
  NodeSelector: {
    '': 'A query over nodes; a node matches when any of its terms does.',
    nodeSelectorTerms: 'The terms, of which one must match. At least one.',
  },
  NodeSelectorRequirement: {
    '': 'One requirement on a node: a key, an operator and values.',
    key: 'Key of the label, or path of the field.',
    operator: 'How it relates to the values: In, NotIn, Exists, DoesNotExist, Gt or Lt.',
    values:
      'Values to compare with. At least one for In and NotIn, none for Exists and DoesNotExist, one integer for Gt and Lt.',
  },
  NodeSelectorTerm: {
    '': 'Requirements on a node, all of which must be met. An empty term matches nothing.',
    matchExpressions: 'Requirements on labels of the node.',
    matchFields: 'Requirements on fields of the node. Only metadata.name is known.',
  },
  PodAffinity: {
    '': 'Pods near which a pod should run.',
    requiredDuringSchedulingIgnoredDuringExecution:
      'Terms that a node must all meet for the pod to run there. Later changes of labels do not move it.',
    preferredDuringSchedulingIgnoredDuringExecution:
      'Terms that a node had better meet; each adds its weight to the nodes that do.',
  },
  PodAffinityTerm: {
    '': 'Names pods, and what counts as near them: nodes with the same value of a label.',
    labelSelector: 'Selects the pods. No pods when absent.',
    namespaces:
      'Namespaces of the pods, in addition to those of namespaceSelector. Without either, that of the pod itself.',
    topologyKey: 'Label of nodes; those with the same value are near to each other. Such as kubernetes.io/hostname.',
    namespaceSelector: 'Selects namespaces of the pods by their labels. An empty selector means all.',
    matchLabelKeys:
      'Keys of labels for which the other pods must have the same value as the pod itself. Needs labelSelector.',
    mismatchLabelKeys:
      'Keys of labels for which the other pods must not have the value of the pod itself. Needs labelSelector.',
  },
  PodAntiAffinity: {
    '': 'Pods near which a pod should not run.',
    requiredDuringSchedulingIgnoredDuringExecution:
      'Terms of which none may be met by a node for the pod to run there. Later changes of labels do not move it.',
    preferredDuringSchedulingIgnoredDuringExecution:
      'Terms that a node had better not meet; each takes its weight from the nodes that do.',
  },
  PodSchedulingGate: {
    '': 'Something that scheduling of a pod waits for.',
    name: 'Name of the gate, unique in the pod, such as example.com/quota.',
  },
  PodSchedulingGroup: {
    '': 'The group of pods that a pod is scheduled with.',
    podGroupName: 'Name of the PodGroup, in the namespace of the pod. It need not exist yet.',
  },
  PreferredSchedulingTerm: {
    '': 'Nodes that are preferred, and how much.',
    weight: 'How much a match counts, from 1 to 100.',
    preference: 'Which nodes match.',
  },
  Toleration: {
    '': 'Taints that a pod bears with.',
    key: 'Key of the taint. Empty means every key; the operator is then Exists.',
    operator:
      'How the taint relates to value: Equal, Exists for any value, or Lt and Gt for integers, where that is enabled. The default is Equal.',
    value: 'Value to compare that of the taint with. Empty with Exists.',
    effect: 'Effect of the taint: NoSchedule, PreferNoSchedule or NoExecute. Empty means every effect.',
    tolerationSeconds:
      'Seconds that the pod stays on a node with such a taint of effect NoExecute; 0 or less means none. By default for ever.',
  },
  TopologySpreadConstraint: {
    '': 'How evenly equal pods are spread over domains: sets of nodes with the same value of a label.',
    maxSkew: 'By how many the pods of a domain may exceed those of the domain with the fewest. At least 1.',
    topologyKey: 'Label of nodes; those with the same value are one domain. Such as topology.kubernetes.io/zone.',
    whenUnsatisfiable: 'DoNotSchedule lets the pod wait; ScheduleAnyway prefers the domains that reduce the skew.',
    labelSelector: 'Selects the pods that are counted.',
    minDomains:
      'Least number of domains: while there are fewer, the fewest pods count as 0. The default is 1. Only with DoNotSchedule.',
    nodeAffinityPolicy:
      'Honor counts only nodes that the nodeAffinity and nodeSelector of the pod allow; Ignore counts all. The default is Honor.',
    nodeTaintsPolicy:
      'Honor counts only nodes without taints or with those that the pod tolerates; Ignore counts all. The default is Ignore.',
    matchLabelKeys:
      'Keys of labels for which counted pods must have the same value as the pod itself, such as pod-template-hash. Needs labelSelector.',
  },
  WeightedPodAffinityTerm: {
    '': 'Pods that are sought or avoided, and how much.',
    weight: 'How much a match counts, from 1 to 100.',
    podAffinityTerm: 'Which pods, and what counts as near.',
  },
};
