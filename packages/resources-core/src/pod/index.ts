import { coreV1, type Pod } from '@orlop/kubernetes-schema/core/v1';
import { type ResourceBody, statusStorage } from '@orlop/rest';
import { unsupportedFieldLabel } from '../unsupported-field-label.ts';
import { bindingStorage } from './binding.ts';
import { podColumns, podRowConditions } from './columns.ts';
import { applyPodDefaults, normalizePod } from './defaults.ts';
import { ephemeralContainersStrategy } from './ephemeral-containers.ts';
import { resizeStrategy } from './resize.ts';
import { evictionBody, evictionStorage } from './eviction.ts';
import { podStatusStrategy, podStrategy } from './strategy.ts';

/** Containers that run together on a node. They are stored here, not run. */
export const pod: ResourceBody<Pod> = {
  type: coreV1('Pod'),
  defaults: applyPodDefaults,
  normalize: normalizePod,
  strategy: podStrategy,
  columns: podColumns,
  rowConditions: podRowConditions,
  selectableFields: {
    'spec.nodeName': ({ spec }) => spec.nodeName ?? '',
    // The name that spec.nodeName had in selectors of old clients.
    'spec.host': ({ spec }) => spec.nodeName ?? '',
    'spec.restartPolicy': ({ spec }) => spec.restartPolicy ?? '',
    'spec.schedulerName': ({ spec }) => spec.schedulerName ?? '',
    'spec.serviceAccountName': ({ spec }) => spec.serviceAccountName ?? '',
    'spec.hostNetwork': ({ spec }) => String(spec.hostNetwork === true),
    'status.phase': ({ status }) => status.phase ?? '',
    'status.podIP': ({ status }) => status.podIPs?.[0]?.ip ?? '',
    // Accepted, but never set: upstream knows the label and not the field.
    'status.podIPs': () => '',
    'status.nominatedNodeName': ({ status }) => status.nominatedNodeName ?? '',
  },
  indexedFields: ['spec.nodeName'],
  unknownFieldLabel: unsupportedFieldLabel,
  storages: (store, environment) => ({
    main: store,
    binding: bindingStorage(store, environment),
    // Whatever it is called: the same pods by other rules.
    ephemeralcontainers: statusStorage(store, ephemeralContainersStrategy),
    eviction: evictionStorage(store, environment),
    resize: statusStorage(store, resizeStrategy),
    status: statusStorage(store, podStatusStrategy),
  }),
  subresourceBodies: { binding: { type: coreV1('Binding') }, eviction: evictionBody },
};
