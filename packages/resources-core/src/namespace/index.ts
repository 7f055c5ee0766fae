import { coreV1, type Namespace } from '@orlop/kubernetes-schema/core/v1';
import type { ResourceBody } from '@orlop/rest';
import { unsupportedFieldLabel } from '../unsupported-field-label.ts';
import { namespaceColumns } from './columns.ts';
import { applyNamespaceDefaults } from './defaults.ts';
import { namespaceStorages } from './storage.ts';
import { namespaceStrategy } from './strategy.ts';

/** A place for objects, emptied before it goes. */
export const namespace: ResourceBody<Namespace> = {
  type: coreV1('Namespace'),
  defaults: applyNamespaceDefaults,
  strategy: namespaceStrategy,
  columns: namespaceColumns,
  selectableFields: { 'status.phase': ({ status }) => status.phase ?? '' },
  unknownFieldLabel: unsupportedFieldLabel,
  storages: namespaceStorages,
};
