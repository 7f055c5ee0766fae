import { appsV1, type ReplicaSet } from '@orlop/kubernetes-schema/apps/v1';
import { normalizePodTemplate } from '@orlop/resources-core/pod-template';
import { type ResourceBody, scaleStorage, statusStorage } from '@orlop/rest';
import { labelSelectorText } from '../label-selector-text.ts';
import { normalizeReplicas } from '../normalize-replicas.ts';
import { scaleBody } from '../scale-body.ts';
import { replicaSetColumns } from './columns.ts';
import { replicaSetDefaults } from './defaults.ts';
import { replicaSetStatusStrategy, replicaSetStrategy } from './strategy.ts';

/** Keeps so many pods of one template running. */
export const replicaSet: ResourceBody<ReplicaSet> = {
  type: appsV1('ReplicaSet'),
  defaults: replicaSetDefaults.apply,
  normalize({ spec }) {
    normalizeReplicas(spec);
    normalizePodTemplate(spec.template);
  },
  strategy: replicaSetStrategy,
  columns: replicaSetColumns,
  storages: (store) => ({
    main: store,
    status: statusStorage(store, replicaSetStatusStrategy),
    scale: scaleStorage(
      store,
      { group: 'apps', resource: 'replicasets' },
      {
        specReplicas: ({ spec }) => spec.replicas ?? 0,
        setSpecReplicas(object, replicas) {
          object.spec.replicas = replicas;
        },
        statusReplicas: ({ status }) => status.replicas,
        selector: ({ spec }) => labelSelectorText(spec.selector),
      },
    ),
  }),
  subresourceBodies: { scale: scaleBody },
};
