import { coreV1, type Secret } from '@orlop/kubernetes-schema/core/v1';
import type { ResourceBody } from '@orlop/rest';
import { unsupportedFieldLabel } from '../unsupported-field-label.ts';
import { secretColumns } from './columns.ts';
import { foldStringData, secretDefaults } from './defaults.ts';
import { secretStrategy } from './strategy.ts';

/** Small confidential data under names. */
export const secret: ResourceBody<Secret> = {
  type: coreV1('Secret'),
  defaults: secretDefaults.apply,
  normalize: foldStringData,
  strategy: secretStrategy,
  columns: secretColumns,
  selectableFields: { type: ({ type = '' }) => type },
  unknownFieldLabel: unsupportedFieldLabel,
};
