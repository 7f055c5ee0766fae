import { type FieldErrorList, type FieldPath, fieldError } from '@orlop/apimachinery';
import type { PodSecurityContext, PodSpec, SecurityContext } from '@orlop/kubernetes-schema/core/v1';
import { below } from '@orlop/rest/rules';
import { allContainersWithPath } from './container-kinds.ts';

/** Settings of Linux that a Windows pod may not have, in the order in which they are looked at. */
const linuxOfPod = [
  'appArmorProfile',
  'seLinuxOptions',
  'hostUsers',
  'hostPID',
  'hostIPC',
  'seccompProfile',
  'fsGroup',
  'fsGroupChangePolicy',
  'sysctls',
  'shareProcessNamespace',
  'runAsUser',
  'runAsGroup',
  'supplementalGroups',
  'supplementalGroupsPolicy',
  'seLinuxChangePolicy',
] as const satisfies readonly (keyof PodSecurityContext | keyof PodSpec)[];

const linuxOfContainer = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'capabilities',
  'readOnlyRootFilesystem',
  'privileged',
  'allowPrivilegeEscalation',
  'procMount',
  'runAsUser',
  'runAsGroup',
] as const satisfies readonly (keyof SecurityContext)[];

/** These stand in the spec itself. */
const besideContext: ReadonlySet<string> = new Set(['hostUsers', 'hostPID', 'hostIPC', 'shareProcessNamespace']);

/** A named operating system is a known one and excludes the settings of the other. */
export function operatingSystem(spec: PodSpec, path: FieldPath | undefined): FieldErrorList {
  if (spec.os === undefined) return [];
  const here = below(path, 'os');
  switch (spec.os.name) {
    case '':
      return [fieldError.required(here.child('name'), '')];
    case 'linux':
      return ofLinux(spec, path);
    case 'windows':
      return ofWindows(spec, path);
    default:
      return [fieldError.notSupported(here, spec.os.name, ['linux', 'windows'])];
  }
}

function ofLinux(spec: PodSpec, path: FieldPath | undefined): FieldErrorList {
  const errors: FieldErrorList = [];
  const refuse = (at: FieldPath) =>
    errors.push(fieldError.forbidden(at.child('windowsOptions'), 'windows options cannot be set for a linux pod'));
  if (spec.securityContext?.windowsOptions !== undefined) refuse(below(path, 'securityContext'));
  for (const [container, at] of allContainersWithPath(spec, path)) {
    if (container.securityContext?.windowsOptions !== undefined) refuse(at.child('securityContext'));
  }
  return errors;
}

function ofWindows(spec: PodSpec, path: FieldPath | undefined): FieldErrorList {
  const errors: FieldErrorList = [];
  const refuse = (at: FieldPath) => errors.push(fieldError.forbidden(at, 'cannot be set for a windows pod'));
  const context: Readonly<Record<string, unknown>> = { ...spec.securityContext };
  for (const name of linuxOfPod) {
    const beside = besideContext.has(name);
    const value = beside ? (spec as unknown as Record<string, unknown>)[name] : context[name];
    // Host namespaces are flags: false is as good as absent.
    const set = name === 'hostPID' || name === 'hostIPC' ? value === true : value !== undefined;
    if (set) refuse(beside ? below(path, name) : below(path, 'securityContext', name));
  }
  for (const [container, at] of allContainersWithPath(spec, path)) {
    for (const name of linuxOfContainer) {
      if (container.securityContext?.[name] !== undefined) refuse(at.child('securityContext', name));
    }
  }
  return errors;
}

/** Windows host processes: all containers or none, and only on the network of the node. */
export function hostProcesses(spec: PodSpec, path: FieldPath | undefined): FieldErrorList {
  const errors: FieldErrorList = [];
  const ofPod = spec.securityContext?.windowsOptions?.hostProcess;
  let containers = 0;
  let processes = 0;
  for (const [container, at] of allContainersWithPath(spec, path)) {
    containers++;
    const own = container.securityContext?.windowsOptions?.hostProcess;
    if (ofPod !== undefined && own !== undefined && ofPod !== own) {
      const detail = `pod hostProcess value must be identical if both are specified, was ${ofPod}`;
      errors.push(fieldError.invalid(at.child('securityContext', 'windowsOptions', 'hostProcess'), own, detail));
    }
    if (own ?? ofPod) processes++;
  }
  if (processes === 0) return errors;
  if (processes !== containers) {
    const detail = 'If pod contains any hostProcess containers then all containers must be HostProcess containers';
    errors.push(fieldError.invalid(path, '', detail));
  }
  if (spec.hostNetwork !== true) {
    const detail = 'hostNetwork must be true if pod contains any hostProcess containers';
    errors.push(fieldError.invalid(below(path, 'hostNetwork'), false, detail));
  }
  return errors;
}
