import { coreV1, type Service } from '@orlop/kubernetes-schema/core/v1';
import { type ResourceBody, statusStorage } from '@orlop/rest';
import { unsupportedFieldLabel } from '../unsupported-field-label.ts';
import { serviceColumns } from './columns.ts';
import { applyServiceDefaults } from './defaults.ts';
import { serviceHooks } from './hooks.ts';
import { serviceStatusStrategy, serviceStrategy } from './strategy.ts';

/** A name and an address for a set of pods. */
export const service: ResourceBody<Service> = {
  type: coreV1('Service'),
  defaults: applyServiceDefaults,
  strategy: serviceStrategy,
  columns: serviceColumns,
  selectableFields: {
    'spec.clusterIP': ({ spec }) => spec.clusterIP ?? '',
    'spec.type': ({ spec }) => spec.type ?? '',
  },
  unknownFieldLabel: unsupportedFieldLabel,
  hooks: serviceHooks,
  storages: (store) => ({ main: store, status: statusStorage(store, serviceStatusStrategy) }),
};
