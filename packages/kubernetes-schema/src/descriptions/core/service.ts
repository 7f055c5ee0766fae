import type { Descriptions } from '../descriptions.ts';
import { listOf, objectFields } from '../recurring-texts.ts';

export const serviceDescriptions: Descriptions = {
  ClientIPConfig: {
    '': 'Settings of affinity by the address of the client.',
    timeoutSeconds:
      'Seconds without traffic after which a client may be sent elsewhere, from 1 to 86400. The default is 10800, three hours.',
  },
  LoadBalancerIngress: {
    '': 'One point at which a load balancer takes traffic for a service.',
    ip: 'Its address, for load balancers that have one.',
    hostname: 'Its name in DNS, for load balancers that have one.',
    ipMode:
      'How traffic to ip reaches the node: VIP keeps the destination, Proxy changes it to that of the node or pod. Only with ip, where the default is VIP.',
    ports: 'Ports of the service, and whether each works.',
  },
  LoadBalancerStatus: {
    '': 'Where a load balancer takes traffic.',
    ingress: 'The points at which traffic for the service should arrive.',
  },
  PortStatus: {
    '': 'State of one port of a load balancer.',
    port: 'Number of the port.',
    protocol: 'Protocol of the port: TCP, UDP or SCTP.',
    error:
      'CamelCase word for what is wrong with the port, with a prefix unless it is a common one. Absent when it works.',
  },
  Service: {
    '': 'One address and name for a changing set of pods, which share the traffic.',
    ...objectFields,
    spec: 'Which pods serve, at which addresses and ports.',
    status: 'State of the load balancer, if there is one.',
  },
  ServiceList: listOf('Services'),
  ServicePort: {
    '': 'One port of a service.',
    name: 'Name of the port, a DNS label. Needed, and unique, when there are several ports.',
    protocol: 'TCP, UDP or SCTP. The default is TCP.',
    appProtocol:
      'Protocol spoken over the port, as a hint: a registered service name such as http, kubernetes.io/h2c and the like, or a name with a prefix of its own.',
    port: 'Port at which the service is reached, from 1 to 65535.',
    targetPort:
      'Port of the pods, as a number or as the name that their containers give it. The default is port. Not used without a cluster IP.',
    nodePort:
      'Port on every node that leads here, for type NodePort and LoadBalancer. Assigned when absent; a given one must be free and in range.',
  },
  ServiceSpec: {
    '': 'The desired state of a Service.',
    ports: 'The ports that the service offers. Needed unless it has no cluster IP or is an ExternalName.',
    selector:
      'Labels of the pods that serve. Without any, somebody else keeps the endpoints. Not used with type ExternalName.',
    clusterIP:
      'Address of the service inside the cluster. Assigned when empty; None makes the service headless: its name leads to the pods. Equals the first of clusterIPs.',
    clusterIPs:
      'Addresses of the service inside the cluster: one, or one for each IP family. Assigned when empty; None stands alone.',
    type: 'How the service is reached: ClusterIP inside the cluster, NodePort also at each node, LoadBalancer also through a load balancer, ExternalName as an alias in DNS. The default is ClusterIP.',
    externalIPs:
      'Further addresses whose traffic the nodes accept for this service. Nobody assigns them: somebody must route them to the nodes.',
    sessionAffinity: 'ClientIP sends a client to the same pod every time; None does not. The default is None.',
    loadBalancerIP:
      'Address that the load balancer should have, where the provider supports it. Deprecated: providers use annotations.',
    loadBalancerSourceRanges:
      'Networks in CIDR notation from which the load balancer takes traffic, where the provider supports it. Empty for all.',
    externalName: 'Name in DNS for which the service is an alias (CNAME). Needed with type ExternalName and only then.',
    externalTrafficPolicy:
      'How nodes treat traffic from outside: Cluster spreads it over all pods, Local keeps it on the node and preserves the address of the client. The default is Cluster.',
    healthCheckNodePort:
      'Port on every node that tells load balancers whether the node has pods of the service. Assigned with type LoadBalancer and externalTrafficPolicy Local.',
    publishNotReadyAddresses:
      'Counts pods as endpoints even before they are ready, as peers that look for each other in DNS need it. The default is false.',
    sessionAffinityConfig: 'Settings of the session affinity.',
    ipFamilies:
      'IPv4, IPv6 or both, the main one first. Chosen by the cluster and ipFamilyPolicy when empty. The main one can hardly be changed.',
    ipFamilyPolicy:
      'How many IP families the service gets: SingleStack one, PreferDualStack two if the cluster has them, RequireDualStack two or none. The default is SingleStack.',
    allocateLoadBalancerNodePorts:
      'Whether a service of type LoadBalancer gets node ports too. The default is true; false suits load balancers that reach pods directly.',
    loadBalancerClass:
      'Which implementation of load balancers is to serve, such as example.com/internal. Only with type LoadBalancer; cannot be changed. The default is that of the provider.',
    internalTrafficPolicy:
      'How traffic from inside the cluster is treated: Cluster spreads it over all pods, Local keeps it on the node and drops it when there is no pod. The default is Cluster.',
    trafficDistribution:
      'Which pods are preferred: PreferSameZone (formerly PreferClose) those in the zone of the client, PreferSameNode those on its node. A wish, not a promise.',
  },
  ServiceStatus: {
    '': 'The observed state of a Service.',
    loadBalancer: 'Where the load balancer takes traffic, if there is one.',
    conditions: 'The latest observations of the state, one for each type of condition.',
  },
  SessionAffinityConfig: {
    '': 'Settings of session affinity.',
    clientIP: 'Settings for ClientIP.',
  },
};
