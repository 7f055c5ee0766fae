import { coreV1, type Event } from '@orlop/kubernetes-schema/core/v1';
import type { ResourceBody } from '@orlop/rest';
import { unsupportedFieldLabel } from '../unsupported-field-label.ts';
import { eventColumns } from './columns.ts';
import { eventDefaults } from './defaults.ts';
import { eventStrategy } from './strategy.ts';

/** Reports of what happened to an object, forgotten after an hour. */
export const event: ResourceBody<Event> = {
  type: coreV1('Event'),
  defaults: eventDefaults.apply,
  strategy: eventStrategy,
  columns: eventColumns,
  watchCache: false,
  selectableFields: {
    'involvedObject.kind': ({ involvedObject }) => involvedObject.kind ?? '',
    'involvedObject.namespace': ({ involvedObject }) => involvedObject.namespace ?? '',
    'involvedObject.name': ({ involvedObject }) => involvedObject.name ?? '',
    'involvedObject.uid': ({ involvedObject }) => involvedObject.uid ?? '',
    'involvedObject.apiVersion': ({ involvedObject }) => involvedObject.apiVersion ?? '',
    'involvedObject.resourceVersion': ({ involvedObject }) => involvedObject.resourceVersion ?? '',
    'involvedObject.fieldPath': ({ involvedObject }) => involvedObject.fieldPath ?? '',
    reason: ({ reason }) => reason ?? '',
    reportingComponent: ({ reportingComponent }) => reportingComponent,
    source: ({ source, reportingComponent }) => source.component || reportingComponent,
    type: ({ type }) => type ?? '',
  },
  unknownFieldLabel: unsupportedFieldLabel,
};
