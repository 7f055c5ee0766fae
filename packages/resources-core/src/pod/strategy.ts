import { fieldPath, isDNS1123Label } from '@orlop/apimachinery';
import type { Pod } from '@orlop/kubernetes-schema/core/v1';
import type { DeleteOptions, Strategy, UpdateStrategy } from '@orlop/rest';
import { dropGatedFields, ipAddressWarning, podWarnings } from '../pod-template/index.ts';
import { copyAppArmorAnnotations } from './app-armor.ts';
import { setPodCondition } from './conditions.ts';
import { countGeneration } from './generation.ts';
import { fillMatchedLabels } from './matched-labels.ts';
import { qualityOfService } from './quality-of-service.ts';
import { validatePodStatusUpdate } from './status-validation.ts';
import { validatePodUpdate } from './update-validation.ts';
import { validatePodCreate } from './validation.ts';

export const podStrategy: Strategy<Pod> = {
  allowUnconditionalUpdate: true,
  resetFields: ['status'],
  returnDeletedObject: true,
  prepareForCreate(context, pod) {
    pod.metadata.generation = 1;
    pod.status = { phase: 'Pending', qosClass: pod.status.qosClass || qualityOfService(pod) };
    dropGatedFields(pod.spec, undefined);
    markGated(pod);
    fillMatchedLabels(pod);
    copyAppArmorAnnotations(context, pod);
  },
  validate: (_context, pod) => validatePodCreate(pod),
  warningsOnCreate: (_context, pod) => [...nameWarnings(pod), ...podWarnings(pod.metadata, pod.spec, undefined)],
  prepareForUpdate(_context, pod, old) {
    pod.status = old.status;
    dropGatedFields(pod.spec, old.spec);
    countGeneration(pod, old);
  },
  validateUpdate: (_context, pod, old) => validatePodUpdate(pod, old),
  checkGracefulDelete: (_context, pod, options) => gracePeriod(pod, options),
};

export const podStatusStrategy: UpdateStrategy<Pod> = {
  allowUnconditionalUpdate: true,
  resetFields: ['spec', 'metadata.deletionTimestamp', 'metadata.ownerReferences'],
  prepareForUpdate(_context, pod, old) {
    pod.spec = old.spec;
    delete pod.metadata.deletionTimestamp;
    // Old kubelets lose owners, and with them what garbage collection needs to know.
    if (old.metadata.ownerReferences === undefined) delete pod.metadata.ownerReferences;
    else pod.metadata.ownerReferences = old.metadata.ownerReferences;
    if (!pod.status.qosClass && old.status.qosClass) pod.status.qosClass = old.status.qosClass;
    keepObservedGenerations(pod, old);
  },
  validateUpdate: (_context, pod, old) => validatePodStatusUpdate(pod, old),
  warningsOnUpdate: (_context, { status }) =>
    (['podIPs', 'hostIPs'] as const).flatMap((name) =>
      (status[name] ?? []).flatMap(({ ip }, index) => {
        const warning = ipAddressWarning(ip);
        return warning === undefined ? [] : [`${fieldPath('status', name).index(index).child('ip')}: ${warning}`];
      }),
    ),
};

/** Seconds: what the request says, else what the pod says. A pod that runs nowhere, or has ended, needs no time. */
function gracePeriod({ spec, status }: Pod, { gracePeriodSeconds }: DeleteOptions): number {
  if (!spec.nodeName || status.phase === 'Failed' || status.phase === 'Succeeded') return 0;
  const seconds = gracePeriodSeconds ?? spec.terminationGracePeriodSeconds ?? 0;
  return seconds < 0 ? 1 : seconds;
}

/** A pod with gates says from its first moment why nobody schedules it. */
function markGated(pod: Pod): void {
  if (!pod.spec.schedulingGates?.length) return;
  const reason = 'SchedulingGated';
  const message = 'Scheduling is blocked due to non-empty scheduling gates';
  // The store has just dated the pod: that is now.
  const now = pod.metadata.creationTimestamp ?? '';
  setPodCondition(pod, { type: 'PodScheduled', status: 'False', reason, message }, now);
}

function nameWarnings({ metadata: { name = '' } }: Pod): readonly string[] {
  const complaints = isDNS1123Label(name);
  if (complaints.length === 0) return [];
  return [
    `metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: [${complaints.join(' ')}]`,
  ];
}

/** Who does not know of observedGeneration does not mean to clear it. */
function keepObservedGenerations({ status }: Pod, { status: old }: Pod): void {
  if (!status.observedGeneration && old.observedGeneration) status.observedGeneration = old.observedGeneration;
  const before = new Map<string, (number | undefined)[]>();
  for (const { type, observedGeneration } of old.conditions ?? []) {
    before.set(type, [...(before.get(type) ?? []), observedGeneration]);
  }
  for (const condition of status.conditions ?? []) {
    const generation = before.get(condition.type)?.shift();
    if (!condition.observedGeneration && generation) condition.observedGeneration = generation;
  }
}
