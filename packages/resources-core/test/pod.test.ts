import type { Pod } from '@orlop/kubernetes-schema/core/v1';
import type { DeleteOptions } from '@orlop/rest';
import { expect, test } from 'vitest';
import { pod } from '../src/pod/index.ts';
import { podStatusStrategy } from '../src/pod/strategy.ts';
import { contextOf, created, decoded, stored, updated } from './support/write.ts';

const container = { name: 'c', image: 'nginx:1.27' };
const minimal = { spec: { containers: [container] } };
const withSpec = (spec: Record<string, unknown>) => ({ spec: { containers: [container], ...spec } });

test('a minimal Pod gets its defaults, a phase and a class', () => {
  const { object, errors } = created(pod, minimal);
  expect(errors).toEqual([]);
  expect(object.metadata.generation).toBe(1);
  expect(object.spec).toEqual({
    containers: [
      {
        name: 'c',
        image: 'nginx:1.27',
        resources: {},
        terminationMessagePath: '/dev/termination-log',
        terminationMessagePolicy: 'File',
        imagePullPolicy: 'IfNotPresent',
      },
    ],
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    securityContext: {},
    schedulerName: 'default-scheduler',
    enableServiceLinks: true,
  });
  expect(object.status).toEqual({ phase: 'Pending', qosClass: 'BestEffort' });
});

test('a given status is dropped, but for the class', () => {
  const { object } = created(pod, {
    ...minimal,
    status: { phase: 'Running', podIP: '10.1.2.3', qosClass: 'Guaranteed' },
  });
  expect(object.status).toEqual({ phase: 'Pending', qosClass: 'Guaranteed' });
});

test('what only Pods fill in: requests from limits, host ports', () => {
  const limits = { cpu: '2', memory: '128Mi' };
  const resources = { limits, requests: { cpu: '500m' } };
  const { spec } = decoded(pod, {
    spec: {
      containers: [{ ...container, resources, ports: [{ containerPort: 80 }] }],
      initContainers: [{ ...container, name: 'i', resources: { limits } }],
      hostNetwork: true,
    },
  });
  expect(spec.containers![0]!.resources.requests).toEqual({ cpu: '500m', memory: '128Mi' });
  expect(spec.initContainers![0]!.resources.requests).toEqual(limits);
  expect(spec.containers![0]!.ports).toEqual([{ containerPort: 80, hostPort: 80, protocol: 'TCP' }]);
});

test('resources of the pod as a whole are filled from its containers, then from its limits', () => {
  const { spec } = decoded(pod, {
    spec: {
      containers: [{ ...container, resources: { requests: { cpu: '100m' } } }],
      resources: { limits: { cpu: '1', memory: '1Gi' } },
    },
  });
  expect(spec.resources).toEqual({ limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '100m', memory: '1Gi' } });
});

test('fields that say the same thing agree', () => {
  const { spec, status } = decoded(pod, {
    ...withSpec({ serviceAccount: 'sa', terminationGracePeriodSeconds: -5 }),
    status: { podIP: '10.1.2.3', podIPs: [{ ip: '10.9.9.9' }, { ip: 'fd00::1' }] },
  });
  expect(spec).toMatchObject({ serviceAccountName: 'sa', serviceAccount: 'sa', terminationGracePeriodSeconds: 1 });
  expect(status).toMatchObject({ podIP: '10.1.2.3', podIPs: [{ ip: '10.1.2.3' }] });
  expect(decoded(pod, { ...minimal, status: { podIPs: [{ ip: '10.1.2.3' }] } }).status.podIP).toBe('10.1.2.3');
});

const cpu = (limit?: string, request?: string) => ({
  ...container,
  resources: {
    ...(limit && { limits: { cpu: limit, memory: '64Mi' } }),
    ...(request && { requests: { cpu: request } }),
  },
});

test.each([
  ['BestEffort', [container]],
  ['Burstable', [cpu(undefined, '100m')]],
  ['Burstable', [cpu('1', '500m')]],
  ['Guaranteed', [cpu('1')]],
  ['Guaranteed', [cpu('1'), { ...cpu('1', '1000m'), name: 'd' }]],
  ['Burstable', [cpu('1'), { ...container, name: 'd' }]],
  ['BestEffort', [cpu(undefined, '0')]],
] as const)('quality of service: %s', (qosClass, containers) => {
  expect(created(pod, { spec: { containers } }).object.status.qosClass).toBe(qosClass);
});

test('a gated Pod says why it waits', () => {
  const { object } = created(pod, withSpec({ schedulingGates: [{ name: 'g' }] }));
  expect(object.status.conditions).toEqual([
    {
      type: 'PodScheduled',
      status: 'False',
      lastProbeTime: null,
      lastTransitionTime: object.metadata.creationTimestamp,
      reason: 'SchedulingGated',
      message: 'Scheduling is blocked due to non-empty scheduling gates',
    },
  ]);
});

test('label keys of affinity terms become requirements', () => {
  const term = {
    topologyKey: 'zone',
    labelSelector: {},
    matchLabelKeys: ['app'],
    mismatchLabelKeys: ['tenant', 'absent'],
  };
  const { object, errors } = created(pod, {
    metadata: { labels: { app: 'web', tenant: 't' } },
    ...withSpec({ affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } } }),
  });
  expect(errors).toEqual([]);
  const [filled] = object.spec.affinity!.podAffinity!.requiredDuringSchedulingIgnoredDuringExecution!;
  expect(filled!.labelSelector!.matchExpressions).toEqual([
    { key: 'app', operator: 'In', values: ['web'] },
    { key: 'tenant', operator: 'NotIn', values: ['t'] },
  ]);
});

test('an AppArmor annotation becomes the field, with a warning', () => {
  const key = 'container.apparmor.security.beta.kubernetes.io/c';
  const { object, warnings } = created(pod, { metadata: { annotations: { [key]: 'localhost/p' } }, ...minimal });
  expect(object.spec.containers![0]!.securityContext).toEqual({
    appArmorProfile: { type: 'Localhost', localhostProfile: 'p' },
  });
  expect(warnings).toContain(
    `metadata.annotations[${key}]: deprecated since v1.30; use the "appArmorProfile" field instead`,
  );
});

test.each([
  [
    { ephemeralContainers: [{ name: 'e', image: 'x' }] },
    ['spec.ephemeralContainers: Forbidden: cannot be set on create'],
  ],
  [
    { nodeName: 'n', schedulingGates: [{ name: 'g' }] },
    ['spec.nodeName: Forbidden: cannot be set until all schedulingGates have been cleared'],
  ],
  [
    { containers: [{ name: 'c', image: ' nginx' }] },
    ['spec.containers[0].image: Invalid value: " nginx": must not have leading or trailing whitespace'],
  ],
  [
    { volumes: [{ name: 'v', projected: { sources: [{ serviceAccountToken: { path: 't' } }] } }] },
    [
      'spec.volumes[0].projected.sources[0].serviceAccountToken: Forbidden: must not be specified when serviceAccountName is not set',
    ],
  ],
])('what a new Pod may not have: %j', (spec, errors) => {
  expect(created(pod, withSpec(spec)).errors).toEqual(errors);
});

const change = (old: Pod, spec: Record<string, unknown>) =>
  updated(pod, old, (object) => Object.assign(object.spec, spec));

test('the image may change and counts as a generation, labels do not', () => {
  const old = stored(pod, minimal);
  const { object, errors } = change(old, { containers: [{ ...old.spec.containers![0], image: 'nginx:1.28' }] });
  expect(errors).toEqual([]);
  expect(object.metadata.generation).toBe(2);
  const labelled = updated(pod, old, ({ metadata }) => Object.assign(metadata, { labels: { a: 'b' } }));
  expect(labelled.object.metadata.generation).toBe(1);
});

const image = 'spec.containers[0].image';

test.each([
  ['', [`${image}: Required value`, `${image}: Required value`]],
  [' x', [1, 2].map(() => `${image}: Invalid value: " x": must not have leading or trailing whitespace`)],
])('image %j is refused by the rules of creation and of change', (value, errors) => {
  const old = stored(pod, minimal);
  expect(change(old, { containers: [{ ...old.spec.containers![0], image: value }] }).errors).toEqual(errors);
});

const fixed =
  'spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)\n';

test.each([
  [
    { nodeSelector: { a: 'b' } },
    ['@@ -39,7 +39,9 @@', '  "TerminationGracePeriodSeconds": 30,', '  "ActiveDeadlineSeconds": null,'],
    ['  "DNSPolicy": "ClusterFirst",', '- "NodeSelector": null,', '+ "NodeSelector": {', '+  "a": "b"', '+ },'],
    ['  "ServiceAccountName": "",', '  "AutomountServiceAccountToken": null,', '  "NodeName": "",', ''],
  ],
  [
    { hostNetwork: true, restartPolicy: 'Never' },
    ['@@ -35,7 +35,7 @@', '   }', '  ],', '  "EphemeralContainers": null,', '- "RestartPolicy": "Always",'],
    ['+ "RestartPolicy": "Never",', '  "TerminationGracePeriodSeconds": 30,', '  "ActiveDeadlineSeconds": null,'],
    ['  "DNSPolicy": "ClusterFirst",', '@@ -44,7 +44,7 @@', '  "AutomountServiceAccountToken": null,'],
    ['  "NodeName": "",', '  "SecurityContext": {', '-  "HostNetwork": false,', '+  "HostNetwork": true,'],
    ['   "HostPID": false,', '   "HostIPC": false,', '   "ShareProcessNamespace": null,', ''],
  ],
])('everything else stays: %j', (spec, ...lines) => {
  expect(change(stored(pod, minimal), spec).errors).toEqual([fixed + lines.flat().join('\n')]);
});

test('containers neither come nor go', () => {
  const old = stored(pod, minimal);
  expect(change(old, { containers: [...old.spec.containers!, { name: 'd', image: 'x' }] }).errors).toEqual([
    'spec.containers: Forbidden: pod updates may not add or remove containers',
  ]);
});

test('a deadline may be set and lowered', () => {
  const old = stored(pod, minimal);
  expect(change(old, { activeDeadlineSeconds: 100 }).errors).toEqual([]);
  const limited = stored(pod, withSpec({ activeDeadlineSeconds: 50 }));
  const path = 'spec.activeDeadlineSeconds: Invalid value';
  const to = (activeDeadlineSeconds: number | undefined) => change(limited, { activeDeadlineSeconds }).errors;
  expect(to(40)).toEqual([]);
  expect(to(60)).toEqual([`${path}: 60: must be less than or equal to previous value`]);
  expect(to(-1)).toEqual([
    `${path}: -1: must be between 1 and 2147483647, inclusive`,
    `${path}: -1: must be between 0 and 2147483647, inclusive`,
  ]);
  expect(to(undefined)).toEqual([`${path}: null: must not update from a positive integer to nil value`]);
});

test('tolerations may come, and change their time', () => {
  const tolerations = [
    { key: 'a', operator: 'Exists' },
    { key: 'b', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 5 },
  ];
  const old = stored(pod, withSpec({ tolerations }));
  const more = { key: 'c', operator: 'Exists' };
  expect(change(old, { tolerations: [...tolerations, more] }).errors).toEqual([]);
  expect(change(old, { tolerations: [tolerations[0], { ...tolerations[1], tolerationSeconds: 50 }] }).errors).toEqual(
    [],
  );
  expect(change(old, { tolerations: [tolerations[1]] }).errors).toEqual([
    'spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds',
  ]);
  const bad = { key: 'c', operator: 'Perhaps' };
  expect(change(old, { tolerations: [...tolerations, bad] }).errors).toHaveLength(2);
});

test('gates may go, not come; while there are any, the node may be narrowed', () => {
  const gated = stored(pod, withSpec({ schedulingGates: [{ name: 'a' }, { name: 'b' }], nodeSelector: { x: '1' } }));
  expect(change(gated, { schedulingGates: [{ name: 'b' }], nodeSelector: { x: '1', zone: 'z' } }).errors).toEqual([]);
  expect(change(gated, { schedulingGates: [{ name: 'b' }, { name: 'c' }] }).errors).toEqual([
    "spec.schedulingGates[1].name: Forbidden: only deletion is allowed, but found new scheduling gate 'c'",
  ]);
  expect(change(gated, { nodeSelector: { zone: 'z' } }).errors).toEqual([
    'spec.nodeSelector: Invalid value: {"zone":"z"}: only additions to spec.nodeSelector are allowed (no mutations or deletions)',
  ]);
  const free = stored(pod, withSpec({ nodeSelector: { x: '1' } }));
  expect(change(free, { nodeSelector: { x: '1', zone: 'z' } }).errors).toHaveLength(1);
});

test('node affinity of a gated Pod: requirements may be added to terms', () => {
  const requirement = (key: string) => ({ key, operator: 'Exists' });
  const affinity = (...terms: string[][]) => ({
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: terms.map((keys) => ({ matchExpressions: keys.map(requirement) })),
        },
      },
    },
  });
  const gates = { schedulingGates: [{ name: 'g' }] };
  const old = stored(pod, withSpec({ ...gates, ...affinity(['a']) }));
  expect(change(old, affinity(['a', 'b'])).errors).toEqual([]);
  expect(change(old, affinity(['b', 'a'])).errors).toEqual([
    expect.stringMatching(
      /nodeSelectorTerms\[0\]: Invalid value: .* only additions are allowed \(no mutations or deletions\)$/,
    ),
  ]);
  expect(change(old, affinity(['a'], ['b'])).errors).toEqual([
    expect.stringMatching(/no additions\/deletions to non-empty NodeSelectorTerms list are allowed$/),
  ]);
  expect(change(stored(pod, withSpec(gates)), affinity(['a'])).errors).toEqual([]);
});

test('the main resource never changes the status', () => {
  const old = stored(pod, minimal);
  const { object } = updated(pod, old, ({ status }) => Object.assign(status, { phase: 'Failed' }));
  expect(object.status).toEqual(old.status);
});

const writeStatus = (old: Pod, status: Record<string, unknown>, metadata: Record<string, unknown> = {}) =>
  updated(
    pod,
    old,
    (object) => {
      Object.assign(object.status, status);
      Object.assign(object.metadata, metadata);
      object.spec.nodeName = 'elsewhere';
    },
    podStatusStrategy,
  );

test('status changes the status only, takes labels, ignores owners', () => {
  const old = stored(pod, minimal);
  const ownerReferences = [{ apiVersion: 'v1', kind: 'Node', name: 'n', uid: 'u' }];
  const { object, errors } = writeStatus(
    old,
    { phase: 'Running', podIPs: [{ ip: '10.1.2.3' }] },
    { labels: { a: 'b' }, ownerReferences },
  );
  expect(errors).toEqual([]);
  expect(object.spec).toEqual(old.spec);
  expect(object.metadata).toMatchObject({ labels: { a: 'b' } });
  expect(object.metadata).not.toHaveProperty('ownerReferences');
  expect(object.status).toEqual({
    phase: 'Running',
    podIP: '10.1.2.3',
    podIPs: [{ ip: '10.1.2.3' }],
    qosClass: 'BestEffort',
  });
});

test.each([
  [{ qosClass: 'Guaranteed' }, ['status.qosClass: Invalid value: "Guaranteed": field is immutable']],
  [{ conditions: [{ type: 'Ready', status: 'Perhaps' }] }, []],
  [
    { nominatedNodeName: 'A_B', hostIPs: [{ ip: 'y' }], hostIP: 'x' },
    [
      expect.stringMatching(/^status\.nominatedNodeName: Invalid value: "A_B": a lowercase RFC 1123 subdomain/),
      'status.hostIPs[0].ip: Invalid value: "y": must be equal to `hostIP`',
      'status.hostIPs[0]: Invalid value: "y": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
    ],
  ],
  [
    { podIPs: [{ ip: '1.2.3.5' }, { ip: '1.2.3.6' }] },
    [
      'status.podIPs: Invalid value: [{"IP":"1.2.3.5"},{"IP":"1.2.3.6"}]: may specify no more than one IP for each IP family',
    ],
  ],
  [{ podIPs: [{ ip: '1.2.3.5' }, { ip: 'fd00::1' }] }, []],
])('rules of the status: %j', (status, errors) => {
  expect(writeStatus(stored(pod, minimal), status).errors).toEqual(errors);
});

test('a container that ended stays ended unless a policy starts it again', () => {
  const ended = (exitCode: number) => [{ name: 'c', state: { terminated: { exitCode } } }];
  const running = [{ name: 'c', state: { running: {} } }];
  const revive = (restartPolicy: string, exitCode: number) => {
    const old = writeStatus(stored(pod, withSpec({ restartPolicy })), { containerStatuses: ended(exitCode) }).object;
    return writeStatus(old, { containerStatuses: running }).errors;
  };
  const refused = ['status.containerStatuses[0].state: Forbidden: may not be transitioned to non-terminated state'];
  expect(revive('Never', 1)).toEqual(refused);
  expect(revive('OnFailure', 0)).toEqual(refused);
  expect(revive('OnFailure', 1)).toEqual([]);
  expect(revive('Always', 0)).toEqual([]);
});

test('who does not know observedGeneration does not clear it', () => {
  const condition = { type: 'Ready', status: 'True', observedGeneration: 3 };
  const old = writeStatus(stored(pod, minimal), { observedGeneration: 4, conditions: [condition] }).object;
  const { object } = writeStatus(old, { observedGeneration: 0, conditions: [{ type: 'Ready', status: 'False' }] });
  expect(object.status).toMatchObject({
    observedGeneration: 4,
    conditions: [{ observedGeneration: 3, status: 'False' }],
  });
});

test.each([
  [{}, undefined, 0],
  [{ nodeName: 'n' }, undefined, 30],
  [{ nodeName: 'n' }, 5, 5],
  [{ nodeName: 'n' }, -1, 1],
  [{ nodeName: 'n' }, 0, 0],
  [{}, 5, 0],
])('grace: a Pod with %j deleted with %s has %s seconds', (spec, gracePeriodSeconds, seconds) => {
  const options = { gracePeriodSeconds } as DeleteOptions;
  const object = stored(pod, withSpec(spec));
  expect(pod.strategy.checkGracefulDelete!(contextOf(), object, options)).toBe(seconds);
  const failed = { ...object, status: { phase: 'Failed' } };
  expect(pod.strategy.checkGracefulDelete!(contextOf(), failed, options)).toBe(0);
});

test('selectable fields', () => {
  const object = decoded(pod, {
    ...withSpec({ nodeName: 'n1', serviceAccountName: 'sa', hostNetwork: true }),
    status: { phase: 'Running', podIPs: [{ ip: '10.1.2.3' }] },
  });
  const fields = Object.fromEntries(Object.entries(pod.selectableFields!).map(([name, read]) => [name, read(object)]));
  expect(fields).toMatchObject({
    'spec.nodeName': 'n1',
    'spec.restartPolicy': 'Always',
    'spec.schedulerName': 'default-scheduler',
    'spec.serviceAccountName': 'sa',
    'spec.hostNetwork': 'true',
    'status.phase': 'Running',
    'status.podIP': '10.1.2.3',
    'status.nominatedNodeName': '',
  });
  expect(pod.indexedFields).toEqual(['spec.nodeName']);
});
