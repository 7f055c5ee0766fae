import { type FieldErrorList, fieldError } from '@orlop/apimachinery';
import type { Container, EphemeralContainer } from '@orlop/kubernetes-schema/core/v1';
import {
  check,
  compute,
  defaults,
  dnsLabel,
  each,
  field,
  type Rule,
  required,
  requiredBecause,
  rule,
  rules,
  setDefault,
  sharing,
  supported,
  uniqueWithin,
  when,
  within,
  withinEach,
} from '@orlop/rest/rules';
import { containerPortDefaults, containerPortsRule, hostPortConflicts } from './container-port.ts';
import { envFromRule, envRule, envVarDefaults } from './env-var.ts';
import { lifecycleDefaults, lifecycleRules } from './handler.ts';
import { defaultPullPolicy, imagePullPolicyRules } from './image-pull-policy.ts';
import { containerNames, podScope } from './pod-scope.ts';
import { probeDefaults, readinessProbeRules, restartingProbeRules } from './probe.ts';
import { resizePolicyRule } from './resize-policy.ts';
import { containerResources, resourceRequirementsDefaults } from './resources.ts';
import { containerRestartPolicy, initContainerRestartPolicy } from './restart-policy.ts';
import { securityContextRules } from './security-context.ts';
import { volumeDevices, volumeMounts } from './volume-mount.ts';

type AnyContainer = Container | EphemeralContainer;

/** One set for all kinds of containers. */
export const containerDefaults = defaults<AnyContainer>((at) => [
  compute(at.imagePullPolicy, ({ image = '' }) => defaultPullPolicy(image)),
  setDefault(at.terminationMessagePath, '/dev/termination-log'),
  setDefault(at.terminationMessagePolicy, 'File'),
  withinEach(at.ports, containerPortDefaults),
  withinEach(at.env, envVarDefaults),
  within(at.resources, resourceRequirementsDefaults),
  within(at.livenessProbe, probeDefaults),
  within(at.readinessProbe, probeDefaults),
  within(at.startupProbe, probeDefaults),
  within(at.lifecycle, lifecycleDefaults),
]);

/** What holds for every container, whatever list it stands in. */
const commonRules = rules<AnyContainer>((at) => [
  field(at.name, required, dnsLabel),
  field(at.image, required),
  field(at.terminationMessagePolicy, required, supported('File', 'FallbackToLogsOnError')),
  field(at.ports, containerPortsRule),
  field(at.env, envRule),
  field(at.envFrom, envFromRule),
  check(volumeMounts),
  check(volumeDevices),
  field(at.imagePullPolicy, ...imagePullPolicyRules),
  field(at.resources, containerResources),
  field(at.resizePolicy, resizePolicyRule),
  field(at.securityContext, securityContextRules),
]);

/** What a container that stays up may have. */
const runningRules = rules<Container>((at) => [
  field(at.lifecycle, lifecycleRules),
  field(at.livenessProbe, restartingProbeRules),
  field(at.readinessProbe, readinessProbeRules),
  field(at.startupProbe, restartingProbeRules),
]);

const uniqueName = uniqueWithin(containerNames);

const containerRules = rules<Container>((at) => [
  field(at, commonRules),
  field(at.name, uniqueName),
  field(at, runningRules),
  check(containerRestartPolicy),
]);

export const containersRules: readonly Rule<readonly Container[]>[] = [
  requiredBecause(''),
  sharing(containerNames, () => new Set(), each(containerRules)),
  rule('hostPorts', (containers, path) => hostPortConflicts(containers, (index) => path.index(index))),
];

/** Even an empty object is one too many. */
const onlySidecars: Rule<unknown> = rule('onlySidecars', (_value, path) =>
  fieldError.forbidden(path, 'may not be set for init containers without restartPolicy=Always'),
);

const isSidecar = ({ restartPolicy }: Container) => restartPolicy === 'Always';

const initContainerRules = rules<Container>((at) => [
  field(at, commonRules),
  check(initContainerRestartPolicy),
  field(
    at.name,
    rule('unique', (name, path, context) => (name === '' ? undefined : uniqueName.check(name, path, context))),
  ),
  // Init containers run one by one, so each may take the ports of the others. Faults are said of the first of the list.
  check(function hostPorts(container, _path, context) {
    const list = context.scope(podScope).path('initContainers');
    return hostPortConflicts([container], (index) => list.index(index));
  }),
  when(isSidecar, field(at, runningRules)),
  when(
    (container) => !isSidecar(container),
    field(at.lifecycle, onlySidecars),
    field(at.livenessProbe, onlySidecars),
    field(at.readinessProbe, onlySidecars),
    field(at.startupProbe, onlySidecars),
  ),
  check(function resize(container, path, context): FieldErrorList {
    const had = (context.scope(podScope).old?.initContainers ?? []).some(restartsOnResize);
    if (isSidecar(container) || had) return [];
    const list = path!.child('resizePolicy');
    return (container.resizePolicy ?? []).flatMap(({ restartPolicy }, index) =>
      restartPolicy === 'RestartContainer'
        ? [
            fieldError.invalid(
              list.index(index).child('restartPolicy'),
              restartPolicy,
              "must not be set to 'RestartContainer' for non-sidecar initContainers",
            ),
          ]
        : [],
    );
  }),
]);

const restartsOnResize = (container: Container) =>
  !isSidecar(container) &&
  (container.resizePolicy ?? []).some(({ restartPolicy }) => restartPolicy === 'RestartContainer');

export const initContainersRule: Rule<readonly Container[]> = sharing(
  containerNames,
  (_list, context) => new Set((context.scope(podScope).spec.containers ?? []).map(({ name }) => name)),
  each(initContainerRules),
);

/** Fields of containers that keep a pod alive, in the order in which they are looked at. */
const notEphemeral = [
  'ports',
  'resources',
  'resizePolicy',
  'restartPolicy',
  'restartPolicyRules',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle',
] as const satisfies readonly (keyof EphemeralContainer)[];

/** Resources are always there; they are set when they say something. An empty probe, though, is a probe. */
const isSet = (container: EphemeralContainer, name: (typeof notEphemeral)[number]) =>
  name === 'resources' ? Object.keys(container.resources).length > 0 : container[name] !== undefined;

const ephemeralContainerRules = rules<EphemeralContainer>((at) => [
  field(at, commonRules),
  field(at.image, trimmedImage()),
  field(at.name, uniqueName),
  field(
    at.targetContainerName,
    rule('knownContainer', (name, path, context) => {
      const { containers, initContainers = [] } = context.scope(podScope).spec;
      const known = [...(containers ?? []), ...initContainers].some((container) => container.name === name);
      return name === '' || known ? undefined : fieldError.notFound(path, name);
    }),
  ),
  check(function nothingLasting(container, path): FieldErrorList {
    const detail = 'cannot be set for an Ephemeral Container';
    const mounts = (container.volumeMounts ?? []).flatMap((mount, index) =>
      (['subPath', 'subPathExpr'] as const)
        .filter((name) => (mount[name] ?? '') !== '')
        .map((name) => fieldError.forbidden(path!.child('volumeMounts').index(index).child(name), detail)),
    );
    const fields = notEphemeral.filter((name) => isSet(container, name));
    return [...fields.map((name) => fieldError.forbidden(path!.child(name), detail)), ...mounts];
  }),
]);

export const ephemeralContainersRule: Rule<readonly EphemeralContainer[]> = sharing(
  containerNames,
  (_list, context) => {
    const { containers, initContainers = [] } = context.scope(podScope).spec;
    return new Set([...(containers ?? []), ...initContainers].map(({ name }) => name));
  },
  each(ephemeralContainerRules),
);

/** Pods, unlike templates, take no blanks around the name of an image. */
export function trimmedImage(): Rule<string> {
  return rule('trimmed', (image, path) =>
    image.trim() === image
      ? undefined
      : fieldError.invalid(path, image, 'must not have leading or trailing whitespace'),
  );
}
