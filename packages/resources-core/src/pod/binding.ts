import {
  aggregateText,
  badRequest,
  conflict,
  type FieldErrorList,
  fieldError,
  fieldPath,
  formatTime,
  newStatus,
  type Status,
  unclassified,
} from '@orlop/apimachinery';
import type { Binding, Pod } from '@orlop/kubernetes-schema/core/v1';
import type { NamedCreater, ResourceEnvironment, ResourceStore } from '@orlop/rest';
import { setPodCondition } from './conditions.ts';

const pods = { group: '', resource: 'pods' };
const bindings = { group: '', resource: 'pods/binding' };

/** Binds pods; there is nothing to see but whether it worked. */
export interface PodBinder extends NamedCreater<Binding> {
  createNamed(...request: Parameters<NamedCreater<Binding>['createNamed']>): Promise<Status>;
}

/** POST on `pods/binding`: assigns a pod to a node, once, and adds the binding's labels and annotations to it. */
export function bindingStorage(
  store: ResourceStore<Pod>,
  { runtime }: Pick<ResourceEnvironment, 'runtime'>,
): PodBinder {
  return {
    kind: { group: '', version: 'v1', kind: 'Binding' },
    keepsSystemFields: true,
    async createNamed(context, name, binding, validate, { dryRun }) {
      if (binding.metadata.name !== name) throw badRequest('name in URL does not match name in Binding object');
      const errors = bindingErrors(binding);
      if (errors.length > 0) throw unclassified(aggregateText(errors));
      await validate(binding, undefined);
      await store.mutate(
        context,
        name,
        (pod) => {
          demand(pod, binding, dryRun);
          const fault = unassignable(pod);
          if (fault !== undefined) throw conflict(bindings, name, fault);
          assign(pod, binding, formatTime(runtime.clock.now()));
        },
        { dryRun },
      );
      return newStatus({ status: 'Success', code: 201 });
    },
  };
}

function bindingErrors({ target: { kind, name } }: Binding): FieldErrorList {
  const path = fieldPath('target');
  return [
    ...(kind && kind !== 'Node' ? [fieldError.notSupported(path.child('kind'), kind, ['Node', '<empty>'])] : []),
    ...(name ? [] : [fieldError.required(path.child('name'))]),
  ];
}

/** uid and resourceVersion of a binding say which pod is meant. A dry run does not get as far as the store, whose keys are longer. */
function demand(
  { metadata: { namespace, name = '', uid, resourceVersion } }: Pod,
  { metadata: wanted }: Binding,
  dryRun: boolean,
): void {
  const refuse = (field: string, asked: string, found = '') => {
    const key = `${dryRun ? '' : '/registry'}/pods/${namespace}/${name}`;
    const fault = `Precondition failed: ${field} in precondition: ${asked}, ${field} in object meta: ${found}`;
    const text = `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg: ${fault}`;
    return conflict(pods, name, text);
  };
  if (wanted.uid && wanted.uid !== uid) throw refuse('UID', wanted.uid, uid);
  if (wanted.resourceVersion && wanted.resourceVersion !== resourceVersion) {
    throw refuse('ResourceVersion', wanted.resourceVersion, resourceVersion);
  }
}

/** Why a pod cannot be assigned now, undefined when it can. */
function unassignable({ metadata: { name, deletionTimestamp }, spec }: Pod): string | undefined {
  if (deletionTimestamp !== undefined) return `pod ${name} is being deleted, cannot be assigned to a host`;
  if (spec.nodeName) return `pod ${name} is already assigned to node "${spec.nodeName}"`;
  if (spec.schedulingGates?.length) return `pod ${name} has non-empty .spec.schedulingGates`;
  return undefined;
}

function assign(pod: Pod, { metadata, target }: Binding, now: string): void {
  pod.spec.nodeName = target.name ?? '';
  delete pod.status.nominatedNodeName;
  if (metadata.annotations) pod.metadata.annotations = { ...pod.metadata.annotations, ...metadata.annotations };
  if (metadata.labels) pod.metadata.labels = { ...pod.metadata.labels, ...metadata.labels };
  setPodCondition(pod, { type: 'PodScheduled', status: 'True' }, now);
}
