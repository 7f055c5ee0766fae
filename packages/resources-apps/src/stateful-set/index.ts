import { appsV1, type StatefulSet } from '@orlop/kubernetes-schema/apps/v1';
import { normalizePodTemplate } from '@orlop/resources-core/pod-template';
import { type ResourceBody, scaleStorage, statusStorage } from '@orlop/rest';
import { labelSelectorText } from '../label-selector-text.ts';
import { normalizeReplicas } from '../normalize-replicas.ts';
import { scaleBody } from '../scale-body.ts';
import { statefulSetColumns } from './columns.ts';
import { statefulSetDefaults } from './defaults.ts';
import { statefulSetStatusStrategy, statefulSetStrategy } from './strategy.ts';

/** Keeps pods with names and volumes of their own. */
export const statefulSet: ResourceBody<StatefulSet> = {
  type: appsV1('StatefulSet'),
  defaults: statefulSetDefaults.apply,
  normalize({ spec }) {
    normalizeReplicas(spec);
    normalizePodTemplate(spec.template);
    // Claim templates are written with their type, whatever the client said.
    for (const claim of spec.volumeClaimTemplates ?? []) {
      claim.apiVersion = 'v1';
      claim.kind = 'PersistentVolumeClaim';
    }
  },
  strategy: statefulSetStrategy,
  columns: statefulSetColumns,
  storages: (store) => ({
    main: store,
    status: statusStorage(store, statefulSetStatusStrategy),
    scale: scaleStorage(
      store,
      { group: 'apps', resource: 'statefulsets' },
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
