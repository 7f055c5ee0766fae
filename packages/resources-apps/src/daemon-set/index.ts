import { appsV1, type DaemonSet } from '@orlop/kubernetes-schema/apps/v1';
import { normalizePodTemplate } from '@orlop/resources-core/pod-template';
import { type ResourceBody, statusStorage } from '@orlop/rest';
import { daemonSetColumns } from './columns.ts';
import { daemonSetDefaults } from './defaults.ts';
import { daemonSetStatusStrategy, daemonSetStrategy } from './strategy.ts';
import { normalizeTemplateGeneration, templateGenerationAnnotation } from './template-generation.ts';

/** Keeps one pod on every node that fits. */
export const daemonSet: ResourceBody<DaemonSet> = {
  type: appsV1('DaemonSet'),
  defaults: daemonSetDefaults.apply,
  normalize(daemonSet) {
    normalizePodTemplate(daemonSet.spec.template);
    normalizeTemplateGeneration(daemonSet);
  },
  fieldAnnotations: [templateGenerationAnnotation],
  strategy: daemonSetStrategy,
  columns: daemonSetColumns,
  storages: (store) => ({ main: store, status: statusStorage(store, daemonSetStatusStrategy) }),
};
