import type { Descriptions } from '../descriptions.ts';
import { typeFields } from '../recurring-texts.ts';

/** Types of discovery, and the names of groups, versions and resources. */
export const discoveryDescriptions: Descriptions = {
  APIGroup: {
    '': 'An API group and the versions in which the server offers it.',
    ...typeFields,
    name: 'Name of the group, such as apps.',
    versions: 'The versions of the group, the best one first.',
    preferredVersion: 'The version that a client without a wish of its own should use.',
    serverAddressByClientCIDRs:
      'Addresses of the server for clients in different networks. The longest match applies; usually empty.',
  },
  APIGroupList: {
    '': 'The API groups of the server, as /apis answers them.',
    ...typeFields,
    groups: 'The groups, in the order of their priority.',
  },
  APIResource: {
    '': 'A resource or subresource, and what can be done with it.',
    name: 'Plural name of the resource as it stands in addresses; a subresource is written pods/status.',
    singularName: 'Singular name, which clients accept in place of the plural.',
    namespaced: 'Whether objects of the resource live in namespaces.',
    group: 'Group of the kind if it differs from that of the list, as for the scale subresource.',
    version: 'Version of the kind if it differs from that of the list.',
    kind: 'Kind of the objects that the resource takes and answers.',
    verbs: 'What can be done: create, delete, deletecollection, get, list, patch, update and watch.',
    shortNames: 'Abbreviations that clients accept, such as deploy.',
    categories: 'Sets of resources that this one belongs to, such as all.',
    storageVersionHash:
      'Hash of the version in which objects are stored. It changes when that version does, and is opaque otherwise.',
  },
  APIResourceList: {
    '': 'The resources of one group and version.',
    ...typeFields,
    groupVersion: 'The group and version, such as apps/v1.',
    resources: 'The resources and subresources.',
  },
  APIVersions: {
    '': 'The versions of the core group, as /api answers them.',
    ...typeFields,
    versions: 'Names of the versions.',
    serverAddressByClientCIDRs: 'Addresses of the server for clients in different networks. The longest match applies.',
  },
  GroupResource: {
    '': 'A resource without a version.',
    group: 'Name of the group; empty for the core group.',
    resource: 'Plural name of the resource.',
  },
  GroupVersionForDiscovery: {
    '': 'A version of a group, in both of the forms that clients need.',
    groupVersion: 'Group and version, such as apps/v1.',
    version: 'The version alone, such as v1.',
  },
  GroupVersionKind: {
    '': 'A kind with its group and version.',
    group: 'Name of the group; empty for the core group.',
    version: 'The version, such as v1.',
    kind: 'The kind, such as Deployment.',
  },
  GroupVersionResource: {
    '': 'A resource with its group and version.',
    group: 'Name of the group; empty for the core group.',
    version: 'The version, such as v1.',
    resource: 'Plural name of the resource, such as deployments.',
  },
  ServerAddressByClientCIDR: {
    '': 'The address under which clients of one network reach the server.',
    clientCIDR: 'Network of the clients in CIDR notation.',
    serverAddress: 'Host, or host and port, of the server for them.',
  },
};
