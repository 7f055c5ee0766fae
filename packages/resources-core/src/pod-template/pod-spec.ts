import { type FieldErrorList, type FieldPath, fieldError, validateLabels } from '@orlop/apimachinery';
import type { PodSchedulingGate, PodSpec } from '@orlop/kubernetes-schema/core/v1';
import {
  adjust,
  below,
  check,
  defaults,
  dnsLabel,
  dnsSubdomain,
  each,
  field,
  gateOpen,
  maxBytes,
  present,
  provide,
  qualifiedName,
  type Rule,
  type RuleContext,
  type Rules,
  range,
  required,
  rule,
  rules,
  setDefault,
  supported,
  within,
  withinEach,
} from '@orlop/rest/rules';
import { affinityRules } from './affinity.ts';
import { containerDefaults, containersRules, ephemeralContainersRule, initContainersRule } from './container.ts';
import { allContainersWithPath } from './container-kinds.ts';
import { dnsConfig } from './dns.ts';
import { ipAddress } from './ip-address.ts';
import { hostProcesses, operatingSystem } from './operating-system.ts';
import { podLevelResources } from './pod-resources.ts';
import { makePodScope, podScope } from './pod-scope.ts';
import { podSecurityContextRules } from './pod-security-context.ts';
import { roundUpToMilli } from './quantity-arithmetic.ts';
import { resourceClaimsRule } from './resource-claim.ts';
import { overhead, resourceRequirementsDefaults } from './resources.ts';
import { tolerationRules } from './toleration.ts';
import { topologySpreadRule } from './topology-spread.ts';
import { volumeDefaults, volumesRule } from './volume.ts';

/** What every pod spec fills in, in pods and in templates. */
export const podSpecDefaults = defaults<PodSpec>((at) => [
  setDefault(at.dnsPolicy, 'ClusterFirst'),
  setDefault(at.restartPolicy, 'Always'),
  setDefault(at.securityContext, {}),
  setDefault(at.terminationGracePeriodSeconds, 30),
  setDefault(at.schedulerName, 'default-scheduler'),
  withinEach(at.volumes, volumeDefaults),
  withinEach(at.initContainers, containerDefaults),
  withinEach(at.containers, containerDefaults),
  withinEach(at.ephemeralContainers, containerDefaults),
  within(at.resources, resourceRequirementsDefaults),
  adjust(({ overhead = {} }) => {
    for (const name in overhead) overhead[name] = roundUpToMilli(overhead[name]!);
  }),
]);

/** Where a pod spec stands. */
export interface PodSpecPlace {
  /** The spec of a Pod itself; templates are looser. @default false */
  readonly isPod?: boolean;
  /** Name of the pod around `spec`. @default none */
  readonly podName?: (context: RuleContext) => string;
}

const schedulingGates: Rule<readonly PodSchedulingGate[]> = rule('schedulingGates', (gates, path, context) => {
  const errors: FieldErrorList = [];
  const seen = new Set<string>();
  for (const [index, { name }] of gates.entries()) {
    const here = path.index(index);
    const found = qualifiedName.check(name, here, context);
    if (Array.isArray(found)) errors.push(...found);
    if (seen.has(name)) errors.push(fieldError.duplicate(here, name));
    seen.add(name);
  }
  return errors;
});

/** On the network of the node, ports of containers are ports of the node. */
function hostPortsMatch(spec: PodSpec, path: FieldPath | undefined, context: RuleContext): FieldErrorList {
  if (spec.hostNetwork !== true) return [];
  const { isPod } = context.scope(podScope);
  const errors: FieldErrorList = [];
  for (const [index, { ports = [] }] of (spec.containers ?? []).entries()) {
    for (const [portIndex, { hostPort = 0, containerPort }] of ports.entries()) {
      // In a template an absent host port is filled in when the pod is made.
      if (hostPort === containerPort || (hostPort === 0 && !isPod)) continue;
      const at = below(path, 'containers').index(index).child('ports').index(portIndex).child('hostPort');
      errors.push(fieldError.invalid(at, hostPort, 'must match `containerPort` when `hostNetwork` is true'));
    }
  }
  return errors;
}

/** Users of its own do not go with namespaces of the node. */
function ownUsers(spec: PodSpec, path: FieldPath | undefined, context: RuleContext): FieldErrorList {
  if (spec.hostUsers !== false) return [];
  const { old } = context.scope(podScope);
  const errors: FieldErrorList = [];
  const detail = 'when `hostUsers` is false';
  const networkAllowed =
    gateOpen(context.gates, 'UserNamespacesHostNetworkSupport') ||
    (old?.hostUsers === false && old.hostNetwork === true);
  if (spec.hostNetwork === true && !networkAllowed)
    errors.push(fieldError.forbidden(below(path, 'hostNetwork'), detail));
  if (spec.hostPID === true) errors.push(fieldError.forbidden(below(path, 'HostPID'), detail));
  if (spec.hostIPC === true) errors.push(fieldError.forbidden(below(path, 'HostIPC'), detail));
  const hadDevices =
    old?.hostUsers === false &&
    [...allContainersWithPath(old, path)].some(([{ volumeDevices }]) => volumeDevices?.length);
  if (hadDevices) return errors;
  for (const [{ volumeDevices }, at] of allContainersWithPath(spec, path)) {
    if (volumeDevices?.length) errors.push(fieldError.forbidden(at.child('volumeDevices'), detail));
  }
  return errors;
}

/** A host name of its own excludes the other ways to come by one. */
function hostnameOverride(spec: PodSpec, path: FieldPath | undefined): FieldErrorList {
  if (spec.hostnameOverride === undefined) return [];
  const here = below(path, 'hostnameOverride');
  const errors: FieldErrorList = [];
  if (spec.setHostnameAsFQDN === true) {
    errors.push(fieldError.forbidden(here, 'may not be specified when setHostnameAsFQDN is true'));
  }
  if (spec.hostNetwork === true) {
    errors.push(fieldError.forbidden(here, 'may not be specified when hostNetwork is true'));
  }
  return errors;
}

/** Files of environment variables lie in an emptyDir of the pod. */
function environmentFiles(spec: PodSpec, path: FieldPath | undefined): FieldErrorList {
  const errors: FieldErrorList = [];
  for (const [{ env = [] }, at] of allContainersWithPath(spec, path)) {
    for (const [index, { valueFrom }] of env.entries()) {
      const name = valueFrom?.fileKeyRef?.volumeName;
      if (name === undefined) continue;
      const here = at.child('env').index(index).child('valueFrom', 'fileKeyRef', 'volumeName');
      const volume = (spec.volumes ?? []).findLast((candidate) => candidate.name === name);
      if (volume === undefined) errors.push(fieldError.notFound(here, name));
      else if (volume.emptyDir === undefined) {
        errors.push(fieldError.invalid(here, name, 'referenced volume must be of type emptyDir'));
      }
    }
  }
  return errors;
}

/** A name of another object; an empty one is no name at all. */
const named: Rule<string> = rule('objectName', (name, path, context) =>
  name === '' ? undefined : dnsSubdomain.check(name, path, context),
);

const label: Rule<string> = rule('label', (name, path, context) =>
  name === '' ? undefined : dnsLabel.check(name, path, context),
);

/** The rules of pod specs, for pods or for templates. */
export function podSpecRules(place: PodSpecPlace = {}): Rules<PodSpec> {
  return rules<PodSpec>((at) => [
    provide(
      podScope,
      (spec, context, path) =>
        makePodScope(spec, path, context, {
          isPod: place.isPod ?? false,
          podName: place.podName?.(context) ?? '',
        }),
      field(at.terminationGracePeriodSeconds, present()),
      field(at.volumes, volumesRule),
      field(at.resourceClaims, resourceClaimsRule),
      field(at.containers, ...containersRules),
      field(at.initContainers, initContainersRule),
      field(at.ephemeralContainers, ephemeralContainersRule),
      check(podLevelResources),
      check(hostPortsMatch),
      field(at.restartPolicy, required, supported('Always', 'OnFailure', 'Never')),
      field(at.dnsPolicy, required, supported('ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None')),
      field(
        at.nodeSelector,
        rule('labels', (labels, path) => validateLabels(labels, path)),
      ),
      field(at.securityContext, podSecurityContextRules),
      field(at.affinity, affinityRules),
      check(dnsConfig),
      field(
        at.readinessGates,
        each(rules<{ readonly conditionType: string }>((gate) => [field(gate.conditionType, qualifiedName)])),
      ),
      field(at.schedulingGates, schedulingGates),
      field(at.topologySpreadConstraints, topologySpreadRule),
      check(hostProcesses),
      check(ownUsers),
      check(hostnameOverride),
      field(at.hostnameOverride, maxBytes(64), dnsSubdomain),
      field(at.serviceAccountName, named),
      field(at.nodeName, named),
      field(at.activeDeadlineSeconds, range(1, 2 ** 31 - 1)),
      field(at.hostname, label),
      field(at.subdomain, label),
      field(at.tolerations, each(tolerationRules)),
      field(
        at.hostAliases,
        each(
          rules<{ readonly ip: string; readonly hostnames?: string[] }>((alias) => [
            field(alias.ip, ipAddress),
            field(alias.hostnames, each(dnsSubdomain)),
          ]),
        ),
      ),
      field(at.priorityClassName, named),
      field(at.runtimeClassName, dnsSubdomain),
      field(at.preemptionPolicy, { ...required, absent: false }, supported('PreemptLowerPriority', 'Never')),
      field(at.overhead, overhead),
      check(operatingSystem),
      field(
        at.schedulingGroup,
        rule('podGroup', ({ podGroupName }, path, context) => {
          const here = path.child('podGroupName');
          return podGroupName === undefined
            ? fieldError.invalid(here, null, 'must specify one of: `podGroupName`')
            : dnsSubdomain.check(podGroupName, here, context);
        }),
      ),
      check(environmentFiles),
    ),
  ]);
}
