import { type FieldErrorList, fieldError, fieldPath, isDNS1123Subdomain, isQualifiedName } from '@orlop/apimachinery';
import type { Container, ContainerStatus, Pod, PodSpec } from '@orlop/kubernetes-schema/core/v1';
import { ipErrors } from '../ip-rules.ts';
import { validateMetadataUpdate } from '../metadata/validate-metadata.ts';
import { familyOf } from '../service/ip-families.ts';
import { allocatedStatusErrors, claimStatusErrors, containerUserErrors, extendedClaimErrors } from './device-status.ts';

const status = fieldPath('status');

/** Faults of a new status: what a kubelet or scheduler must not say. */
export function validatePodStatusUpdate(pod: Pod, old: Pod): FieldErrorList {
  return [
    ...validateMetadataUpdate(pod.metadata, old.metadata, fieldPath('metadata')),
    ...conditionErrors(pod),
    ...nominatedNodeErrors(pod, old),
    ...observedGenerationErrors(pod),
    ...qosErrors(pod, old),
    ...transitionErrors(pod, old),
    ...claimStatusErrors(pod),
    ...extendedClaimErrors(pod),
    ...addressErrors('podIPs', pod.status.podIPs, old.status.podIPs),
    ...hostAddressErrors(pod, old),
    ...containerUserErrors(pod),
    ...allocatedStatusErrors(pod),
  ];
}

/** Conditions of the system; all others have qualified names. */
const systemConditions: ReadonlySet<string> = new Set(['PodScheduled', 'Ready', 'Initialized']);

const negative = 'must be a non-negative integer';

function conditionErrors({ status: { conditions = [] } }: Pod): FieldErrorList {
  return conditions.flatMap(({ type, observedGeneration = 0 }, index) => {
    const path = status.child('conditions').index(index);
    return [
      ...(observedGeneration < 0
        ? [fieldError.invalid(path.child('observedGeneration'), observedGeneration, negative)]
        : []),
      ...(systemConditions.has(type)
        ? []
        : isQualifiedName(type).map((detail) => fieldError.invalid(path.child('Type'), type, detail))),
    ];
  });
}

function nominatedNodeErrors(pod: Pod, old: Pod): FieldErrorList {
  const { nominatedNodeName: name = '' } = pod.status;
  if (name === '' || name === old.status.nominatedNodeName) return [];
  const path = status.child('nominatedNodeName');
  return [
    ...isDNS1123Subdomain(name).map((detail) => fieldError.invalid(path, name, detail)),
    ...(old.spec.nodeName
      ? [fieldError.forbidden(path, 'may not be set on pods that are already bound to a node')]
      : []),
  ];
}

function observedGenerationErrors({ status: { observedGeneration = 0 } }: Pod): FieldErrorList {
  return observedGeneration < 0
    ? [fieldError.invalid(status.child('observedGeneration'), observedGeneration, negative)]
    : [];
}

function qosErrors(pod: Pod, old: Pod): FieldErrorList {
  const { qosClass = '' } = pod.status;
  return qosClass === (old.status.qosClass ?? '')
    ? []
    : [fieldError.invalid(status.child('qosClass'), qosClass, 'field is immutable')];
}

/** A container that ended stays ended, unless its pod's or its own policy starts it again. */
function transitionErrors(pod: Pod, old: Pod): FieldErrorList {
  const { spec } = old;
  const anyMayRestart = [...(spec.initContainers ?? []), ...(spec.containers ?? [])].some((container) =>
    (container.restartPolicyRules ?? []).some(({ action }) => action === 'RestartAllContainers'),
  );
  const restarts = (containers: readonly Container[] | null | undefined) => (name: string, exitCode: number) => {
    const container = (containers ?? []).find((container) => container.name === name);
    return anyMayRestart || (container !== undefined && mayRestart(container, spec, exitCode));
  };
  return [
    ...revived('containerStatuses', pod, old, restarts(spec.containers)),
    ...revived('initContainerStatuses', pod, old, restarts(spec.initContainers)),
    ...revived('ephemeralContainerStatuses', pod, old, () => false),
  ];
}

function revived(
  list: 'containerStatuses' | 'initContainerStatuses' | 'ephemeralContainerStatuses',
  pod: Pod,
  old: Pod,
  mayRestart: (name: string, exitCode: number) => boolean,
): FieldErrorList {
  const now: readonly ContainerStatus[] = pod.status[list] ?? [];
  return (old.status[list] ?? []).flatMap(({ name, state }, index) => {
    const ended = state?.terminated;
    if (!ended) return [];
    const after = now.find((container) => container.name === name);
    if (after === undefined || after.state?.terminated || mayRestart(name, ended.exitCode)) return [];
    const path = status.child(list).index(index).child('state');
    return [fieldError.forbidden(path, 'may not be transitioned to non-terminated state')];
  });
}

/** The container's first matching rule decides, then its own policy, then the pod's. */
function mayRestart(container: Container, spec: PodSpec, exitCode: number): boolean {
  const policies = [container.restartPolicy, spec.restartPolicy];
  if (container.restartPolicy !== undefined) {
    const rule = (container.restartPolicyRules ?? []).find(({ exitCodes }) => {
      const listed = (exitCodes?.values ?? []).includes(exitCode);
      return (
        exitCodes !== undefined && (exitCodes.operator === 'In' ? listed : exitCodes.operator === 'NotIn' && !listed)
      );
    });
    if (rule?.action === 'Restart' || rule?.action === 'RestartAllContainers') return true;
  }
  for (const policy of policies) {
    if (policy === 'Always') return true;
    if (policy === 'OnFailure') return exitCode !== 0;
    if (policy === 'Never') return false;
  }
  return true;
}

function hostAddressErrors(pod: Pod, old: Pod): FieldErrorList {
  const { hostIP = '', hostIPs = [] } = pod.status;
  const first = hostIPs[0]?.ip;
  const path = status.child('hostIPs').index(0).child('ip');
  return [
    ...(first === undefined || first === hostIP ? [] : [fieldError.invalid(path, first, 'must be equal to `hostIP`')]),
    ...addressErrors('hostIPs', hostIPs, old.status.hostIPs),
  ];
}

/** Valid addresses, at most one of each family. What was there may stay. */
function addressErrors(
  name: 'podIPs' | 'hostIPs',
  addresses: readonly { readonly ip: string }[] = [],
  existing: readonly { readonly ip: string }[] = [],
): FieldErrorList {
  const path = status.child(name);
  const known = existing.map(({ ip }) => ip);
  const errors = addresses.flatMap(({ ip }, index) => ipErrors(path.index(index), ip, known));
  if (addresses.length < 2) return errors;
  const families = addresses.map(({ ip }) => familyOf(ip));
  const unknown = families.indexOf('unknown');
  if (unknown >= 0) {
    const detail = `failed to check for dual stack with error:invalid IP[${unknown}]: ${addresses[unknown]!.ip}`;
    errors.push(fieldError.internal(path, detail));
  }
  if (addresses.length > 2 || unknown >= 0 || new Set(families).size !== 2) {
    const shown = addresses.map(({ ip }) => ({ IP: ip }));
    errors.push(fieldError.invalid(path, shown, 'may specify no more than one IP for each IP family'));
  }
  return errors;
}
