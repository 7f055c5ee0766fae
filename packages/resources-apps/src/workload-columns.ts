import { formatLabelSelector, type KubernetesObject } from '@orlop/apimachinery';
import type { Container, PodTemplateSpec } from '@orlop/kubernetes-schema/core/v1';
import type { LabelSelector } from '@orlop/kubernetes-schema/meta/v1';
import { type Column, column } from '@orlop/rest';

/** Columns that all workloads show when there is room for them. */

type Workload = KubernetesObject & { readonly spec: { readonly template: PodTemplateSpec } };
type SelectingWorkload = KubernetesObject & { readonly spec: { readonly selector: LabelSelector | null } };

const each = (workload: Workload, part: (container: Container) => string) =>
  (workload.spec.template.spec.containers ?? []).map(part).join(',');

export const containersColumn: Column<Workload> = column(
  'Containers',
  'string',
  (workload: Workload) => each(workload, ({ name }) => name),
  { priority: 1, description: 'Names of the containers in the pod template.' },
);

export const imagesColumn: Column<Workload> = column(
  'Images',
  'string',
  (workload: Workload) => each(workload, ({ image = '' }) => image),
  { priority: 1, description: 'Images of the containers in the pod template.' },
);

export const selectorColumn: Column<SelectingWorkload> = column(
  'Selector',
  'string',
  ({ spec }: SelectingWorkload) => formatLabelSelector(spec.selector),
  { priority: 1, description: 'The label selector that finds the pods.' },
);
