import { type FieldErrorList, fieldError } from '@orlop/apimachinery';
import type { PodSecurityContext, PodSpec, Sysctl } from '@orlop/kubernetes-schema/core/v1';
import { each, field, gateOpen, type Rule, rule, rules, supported } from '@orlop/rest/rules';
import { podScope } from './pod-scope.ts';
import { appArmorProfileRules, seccompProfileRules } from './profiles.ts';
import { unixId } from './security-context.ts';
import { windowsOptionsRules } from './windows-options.ts';

const segment = '[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const sysctlFormat = `^(${segment}[\\./])*${segment}$`;
const sysctlName = new RegExp(sysctlFormat);
const longestSysctl = 253;

const ipcSysctls = new Set([
  ...['kernel.sem', 'kernel.shm', 'kernel.shmall', 'kernel.shmmax', 'kernel.shmmni', 'kernel.shm_rmid_forced'],
  ...['kernel.msg', 'kernel.msgmax', 'kernel.msgmnb', 'kernel.msgmni'],
]);

/** Which kernel namespace a setting belongs to. Slashes may stand for dots. */
function namespaceOf(name: string): 'net' | 'ipc' | undefined {
  const separator = name.search(/[./]/);
  const dotted =
    separator >= 0 && name[separator] === '/'
      ? name.replace(/[./]/g, (character) => (character === '/' ? '.' : '/'))
      : name;
  if (dotted.startsWith('net.')) return 'net';
  return ipcSysctls.has(dotted) || dotted.startsWith('fs.mqueue.') ? 'ipc' : undefined;
}

/** Kernel settings: each once, and none of a namespace that the pod shares with its node. */
const sysctls: Rule<readonly Sysctl[]> = rule('sysctls', (list, path, context) => {
  const errors: FieldErrorList = [];
  const { spec, old } = context.scope(podScope);
  // A pod that already had such settings keeps them.
  const tolerated = old !== undefined && usesHostSysctls(old);
  const seen = new Set<string>();
  for (const [index, { name }] of list.entries()) {
    const here = path.index(index).child('name');
    if (name === '') errors.push(fieldError.required(here, ''));
    else if (name.length > longestSysctl || !sysctlName.test(name)) {
      const detail = `must have at most ${longestSysctl} characters and match regex ${sysctlFormat}`;
      errors.push(fieldError.invalid(here, name, detail));
    } else if (seen.has(name)) errors.push(fieldError.duplicate(here, name));
    seen.add(name);
    if (tolerated) continue;
    const shared = sharedNamespace(spec, name);
    if (shared !== undefined) {
      errors.push(fieldError.invalid(here, name, `may not be specified when '${shared}' is true`));
    }
  }
  return errors;
});

function sharedNamespace(spec: PodSpec, sysctl: string): 'hostNetwork' | 'hostIPC' | undefined {
  const namespace = namespaceOf(sysctl);
  if (spec.hostNetwork === true && namespace === 'net') return 'hostNetwork';
  return spec.hostIPC === true && namespace === 'ipc' ? 'hostIPC' : undefined;
}

const usesHostSysctls = (spec: PodSpec): boolean =>
  (spec.securityContext?.sysctls ?? []).some(({ name }) => sharedNamespace(spec, name) !== undefined);

const onlyRecursive: Rule<string> = supported('Recursive');
const recursiveOrMount: Rule<string> = supported('MountOption', 'Recursive');

/** Security settings of a pod. Absent counts as empty, for the settings that stand beside it in the spec. */
export const podSecurityContextRules = rules<PodSecurityContext>((at) => [
  field(at.fsGroup, unixId),
  field(at.runAsUser, unixId),
  field(at.runAsGroup, unixId),
  field(at.supplementalGroups, each(unixId)),
  field(
    at,
    rule('ownProcesses', (_value, path, context) => {
      const { spec } = context.scope(podScope);
      if (spec.shareProcessNamespace !== true || spec.hostPID !== true) return undefined;
      const detail = 'ShareProcessNamespace and HostPID cannot both be enabled';
      return fieldError.invalid(path.child('shareProcessNamespace'), true, detail);
    }),
  ),
  field(at.sysctls, sysctls),
  field(at.fsGroupChangePolicy, supported('Always', 'OnRootMismatch')),
  field(at.seccompProfile, seccompProfileRules),
  field(at.windowsOptions, windowsOptionsRules),
  field(at.appArmorProfile, appArmorProfileRules),
  field(at.supplementalGroupsPolicy, supported('Merge', 'Strict')),
  field(
    at.seLinuxChangePolicy,
    rule('seLinuxChangePolicy', (value, path, context) => {
      const before = context.scope(podScope).old?.securityContext?.seLinuxChangePolicy;
      const free = gateOpen(context.gates, 'SELinuxMount') || before !== undefined;
      return (free ? recursiveOrMount : onlyRecursive).check(value, path, context);
    }),
  ),
]);
