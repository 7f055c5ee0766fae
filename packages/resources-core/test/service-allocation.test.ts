import { isApiError, systemRuntime } from '@orlop/apimachinery';
import type { Service } from '@orlop/kubernetes-schema/core/v1';
import { deepCopy, type ResourceStore } from '@orlop/rest';
import { expect, test } from 'vitest';
import { service } from '../src/service/index.ts';
import { contextOf, decoded, environment } from './support/write.ts';

/** The hooks of a store that holds what was committed. */
function servicesIn(
  ranges: { cidr?: string; ports?: readonly [number, number]; random?: (bound: number) => number } = {},
) {
  const { cidr = '10.0.0.0/24', ports = [30000, 32767], random } = ranges;
  const live = new Map<string, Service>();
  let time = 0;
  const system = systemRuntime();
  const runtime = {
    ...system,
    clock: { ...system.clock, now: () => time },
    ...(random && { random: { ...system.random, integer: random } }),
  };
  const store = {
    list: async () => ({ items: [...live.values()].map((object) => ({ object })) }),
  } as unknown as ResourceStore<Service>;
  const hooks = service.hooks!(() => store, {
    ...environment,
    runtime,
    serviceClusterIPRange: cidr,
    serviceNodePortRange: ports,
  });
  let count = 0;
  return {
    hooks,
    live,
    pass: (milliseconds: number) => {
      time += milliseconds;
    },
    async create(spec: Record<string, unknown>, { dryRun = false, commit = true } = {}) {
      const object = decoded(service, { metadata: { name: `s${count++}` }, spec: { ports: [{ port: 80 }], ...spec } });
      const finish = await hooks.beginCreate!(contextOf(), object, dryRun);
      await finish?.(commit);
      if (commit && !dryRun) live.set(object.metadata.name!, object);
      return object;
    },
    async update(old: Service, change: (spec: Service['spec']) => void, { dryRun = false, commit = true } = {}) {
      const copy = deepCopy(old);
      change(copy.spec);
      const object = decoded(service, copy as never);
      const finish = await hooks.beginUpdate!(contextOf({ verb: 'update' }), object, old, dryRun);
      service.strategy.prepareForUpdate!(contextOf(), object, old);
      await finish?.(commit);
      if (commit && !dryRun) live.set(object.metadata.name!, object);
      return object;
    },
    remove(object: Service) {
      live.delete(object.metadata.name!);
      hooks.afterDelete!(object, false);
    },
  };
}

/** Causes of a refused write, or the message of any other failure. */
async function refusal(write: Promise<unknown>): Promise<readonly string[]> {
  try {
    await write;
  } catch (error) {
    if (!isApiError(error)) throw error;
    const { causes } = error.status.details ?? {};
    return error.status.reason === 'Invalid'
      ? (causes ?? []).map(({ field, message }) => `${field}: ${message}`)
      : [error.message];
  }
  return [];
}

test('a Service gets an address outside the part kept for fixed ones', async () => {
  const { create } = servicesIn();
  const { spec } = await create({});
  expect(spec).toMatchObject({ ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack', clusterIPs: [spec.clusterIP] });
  expect(Number(spec.clusterIP!.split('.')[3])).toBeGreaterThan(16);
});

test.each([
  ['192.168.0.1', 'the provided IP (192.168.0.1) is not in the valid range. The range of valid IPs is 10.0.0.0/24'],
  ['10.0.0.0', 'the provided IP (10.0.0.0) is not in the valid range. The range of valid IPs is 10.0.0.0/24'],
  ['10.0.0.255', 'the provided IP (10.0.0.255) is not in the valid range. The range of valid IPs is 10.0.0.0/24'],
])('addresses outside the range: %s', async (clusterIP, why) => {
  const { create } = servicesIn();
  const refused = `spec.clusterIPs: Invalid value: ["${clusterIP}"]: failed to allocate IP ${clusterIP}:`;
  expect(await refusal(create({ clusterIP }))).toEqual([
    `${refused} the provided network does not match the current range`,
  ]);
  expect(await refusal(create({ clusterIP }, { dryRun: true }))).toEqual([`${refused} ${why}`]);
});

test('an address is given once, and again when its Service is gone or was never stored', async () => {
  const { create, remove } = servicesIn();
  const first = await create({ clusterIP: '10.0.0.3' });
  const taken = [
    'spec.clusterIPs: Invalid value: ["10.0.0.3"]: failed to allocate IP 10.0.0.3: provided IP is already allocated',
  ];
  expect(await refusal(create({ clusterIP: '10.0.0.3' }))).toEqual(taken);
  expect(await refusal(create({ clusterIP: '10.0.0.3' }, { dryRun: true }))).toEqual([]);
  remove(first);
  await create({ clusterIP: '10.0.0.3' }, { commit: false });
  expect(await refusal(create({ clusterIP: '10.0.0.3' }))).toEqual([]);
});

test('what other servers stored is seen, and what a lost race left is free after a minute', async () => {
  const { create, live, pass } = servicesIn();
  const theirs = decoded(service, {
    metadata: { name: 'theirs' },
    spec: { clusterIP: '10.0.0.9', clusterIPs: ['10.0.0.9'] },
  });
  await create({});
  live.set('theirs', theirs);
  // Not known here yet: the address is free for this server until it looks again.
  const lost = await create({ clusterIP: '10.0.0.4' });
  live.delete(lost.metadata.name!);
  expect(await refusal(create({ clusterIP: '10.0.0.4' }))).toHaveLength(1);
  expect(await refusal(create({ clusterIP: '10.0.0.9' }))).toHaveLength(1);
  pass(60_001);
  expect(await refusal(create({ clusterIP: '10.0.0.4' }))).toEqual([]);
});

test('a full range', async () => {
  const { create, remove } = servicesIn({ cidr: '10.0.0.0/30', ports: [30000, 30000] });
  const first = await create({});
  await create({});
  expect(await refusal(create({}))).toEqual([
    'Internal error occurred: failed to allocate a serviceIP for Service "s2": range is full',
  ]);
  remove(first);
  expect((await create({ type: 'NodePort' })).spec).toMatchObject({
    clusterIP: first.spec.clusterIP,
    ports: [{ nodePort: 30000 }],
  });
  expect(await refusal(create({ clusterIP: 'None' }))).toEqual([]);
});

test('node ports: given, asked for, out of range, taken', async () => {
  const { create, remove } = servicesIn();
  const given = await create({ type: 'NodePort' });
  expect(given.spec.ports![0]!.nodePort).toBeGreaterThanOrEqual(30086);
  const asked = await create({ type: 'NodePort', ports: [{ port: 80, nodePort: 31871 }] });
  const nodePort = (port: number) => create({ type: 'NodePort', ports: [{ port: 80, nodePort: port }] });
  const outside = 'provided port is not in the valid range. The range of valid ports is 30000-32767';
  expect(await refusal(nodePort(80))).toEqual([`spec.ports[0].nodePort: Invalid value: 80: ${outside}`]);
  expect(await refusal(nodePort(31871))).toEqual([
    'spec.ports[0].nodePort: Invalid value: 31871: provided port is already allocated',
  ]);
  remove(asked);
  expect(await refusal(nodePort(31871))).toEqual([]);
});

test('a refused Service gives back what it had taken before', async () => {
  const { create } = servicesIn();
  await create({ type: 'NodePort', ports: [{ port: 80, nodePort: 31000 }] });
  const both = { clusterIP: '10.0.0.5', type: 'NodePort', ports: [{ port: 80, nodePort: 31000 }] };
  expect(await refusal(create(both))).toHaveLength(1);
  expect(await refusal(create({ clusterIP: '10.0.0.5' }))).toEqual([]);
});

test('ports of one number share a node port, unless they ask for different ones', async () => {
  const { create } = servicesIn();
  const ports = (...nodePorts: (number | undefined)[]) =>
    nodePorts.map((nodePort, index) => ({
      name: `p${index}`,
      port: 80,
      protocol: index === 0 ? 'TCP' : 'UDP',
      nodePort,
    }));
  const shared = await create({ type: 'NodePort', ports: ports(undefined, undefined) });
  expect(shared.spec.ports![0]!.nodePort).toBe(shared.spec.ports![1]!.nodePort);
  const asked = await create({ type: 'NodePort', ports: ports(undefined, 31002) });
  expect(asked.spec.ports!.map(({ nodePort }) => nodePort)).toEqual([31002, 31002]);
  const apart = await create({ type: 'NodePort', ports: ports(31003, 31004) });
  expect(apart.spec.ports!.map(({ nodePort }) => nodePort)).toEqual([31003, 31004]);
  const twice = [
    { name: 'a', port: 80, nodePort: 31010 },
    { name: 'b', port: 81, nodePort: 31010 },
  ];
  expect(await refusal(create({ type: 'NodePort', ports: twice }))).toEqual([
    'spec.ports[1].nodePort: Invalid value: 31010: provided port is already allocated',
  ]);
});

test('a load balancer: node ports on demand, a port for health checks', async () => {
  const { create } = servicesIn();
  const without = await create({ type: 'LoadBalancer', allocateLoadBalancerNodePorts: false });
  expect(without.spec.ports![0]).not.toHaveProperty('nodePort');
  const local = await create({ type: 'LoadBalancer', externalTrafficPolicy: 'Local' });
  expect(local.spec.healthCheckNodePort).toBeGreaterThanOrEqual(30000);
  expect(
    await refusal(
      create({
        type: 'LoadBalancer',
        externalTrafficPolicy: 'Local',
        healthCheckNodePort: local.spec.healthCheckNodePort,
      }),
    ),
  ).toEqual([
    `Internal error occurred: failed to allocate requested HealthCheck NodePort ${local.spec.healthCheckNodePort}: provided port is already allocated`,
  ]);
});

test('a dry run takes nothing and shows placeholders', async () => {
  const { create } = servicesIn();
  const dry = await create({ type: 'LoadBalancer', externalTrafficPolicy: 'Local' }, { dryRun: true });
  expect(dry.spec).toMatchObject({ clusterIP: '10.0.0.0', ports: [{ nodePort: 32769 }], healthCheckNodePort: 32770 });
  await create({ clusterIP: '10.0.0.14', type: 'NodePort', ports: [{ port: 80, nodePort: 31884 }] }, { dryRun: true });
  const fixed = { clusterIP: '10.0.0.14', type: 'NodePort', ports: [{ port: 80, nodePort: 31884 }] };
  expect(await refusal(create(fixed))).toEqual([]);
  expect(await refusal(create(fixed, { dryRun: true }))).toEqual([
    'spec.ports[0].nodePort: Invalid value: 31884: provided port is already allocated',
  ]);
});

test.each([
  [
    { ipFamilyPolicy: 'RequireDualStack' },
    ['spec.ipFamilyPolicy: Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services'],
  ],
  [{ ipFamilies: ['IPv6'] }, ['spec.ipFamilies[0]: Invalid value: "IPv6": not configured on this cluster']],
  [{ ipFamilies: ['IPv4', 'IPv4'] }, ['spec.ipFamilies[1]: Duplicate value: "IPv4"']],
  [
    { ipFamilyPolicy: 'SingleStack', ipFamilies: ['IPv4', 'IPv6'] },
    [
      `spec.ipFamilyPolicy: Invalid value: "SingleStack": must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified`,
    ],
  ],
  [
    { ipFamilyPolicy: 'Odd', ipFamilies: ['IPv5'] },
    [
      'spec.ipFamilies[0]: Unsupported value: "IPv5": supported values: "IPv4", "IPv6"',
      'spec.ipFamilyPolicy: Unsupported value: "Odd": supported values: "PreferDualStack", "RequireDualStack", "SingleStack"',
    ],
  ],
  [{ clusterIP: '010.0.0.7' }, ['spec.clusterIPs[0]: Invalid value: "010.0.0.7": must not have leading 0s']],
  [
    { clusterIPs: ['10.0.0.8'] },
    ['spec.clusterIPs: Invalid value: ["10.0.0.8"]: must be empty when `clusterIP` is not specified'],
  ],
  [
    { clusterIP: '10.0.0.8', clusterIPs: ['10.0.0.9'] },
    ['spec.clusterIPs: Invalid value: ["10.0.0.9"]: first value must match `clusterIP`'],
  ],
  [{ clusterIP: '::1' }, ['spec.clusterIPs[0]: Invalid value: ["::1"]: IPv6 is not configured on this cluster']],
  [
    { clusterIP: '10.0.0.7', clusterIPs: ['10.0.0.7', '10.0.0.8'] },
    ['spec.clusterIPs: Invalid value: ["10.0.0.7","10.0.0.8"]: may specify no more than one IP for each IP family'],
  ],
  [
    { clusterIP: 'None', clusterIPs: ['None', '10.0.0.8'] },
    [`spec.clusterIPs: Invalid value: ["None","10.0.0.8"]: 'None' must be the first and only value`],
  ],
] as const)('families and addresses of a single-stack cluster: %j', async (spec, expected) => {
  expect(await refusal(servicesIn().create(spec))).toEqual(expected);
});

test.each([
  [{ ipFamilyPolicy: 'PreferDualStack' }, ['IPv4'], 'PreferDualStack'],
  [{ clusterIP: 'None' }, ['IPv4', 'IPv6'], 'RequireDualStack'],
  [{ clusterIP: 'None', selector: { a: 'b' } }, ['IPv4'], 'SingleStack'],
])('families that are settled: %j', async (given, ipFamilies, ipFamilyPolicy) => {
  const { spec } = await servicesIn().create(given);
  expect(spec).toMatchObject({ ipFamilies, ipFamilyPolicy });
  if ('clusterIP' in given) expect(spec.clusterIPs).toEqual(['None']);
});

test('a cluster with two ranges', async () => {
  const { create, update } = servicesIn({ cidr: '10.0.0.0/24,fd00::/112' });
  const { spec } = await create({ ipFamilyPolicy: 'PreferDualStack' });
  expect(spec.ipFamilies).toEqual(['IPv4', 'IPv6']);
  expect(spec.clusterIPs).toEqual([expect.stringMatching(/^10\./), expect.stringMatching(/^fd00::/)]);
  const single = await create({});
  const upgraded = await update(single, (spec) => Object.assign(spec, { ipFamilyPolicy: 'RequireDualStack' }));
  expect(upgraded.spec.clusterIPs).toEqual([single.spec.clusterIP, expect.stringMatching(/^fd00::/)]);
  const downgraded = await update(upgraded, (spec) => Object.assign(spec, { ipFamilyPolicy: 'SingleStack' }));
  expect(downgraded.spec).toMatchObject({ ipFamilies: ['IPv4'], clusterIPs: [single.spec.clusterIP] });
});

test('a writer who says nothing of addresses and node ports keeps them', async () => {
  const { create, update } = servicesIn();
  const old = await create({ type: 'NodePort' });
  const after = await update(old, (spec) => {
    delete spec.clusterIP;
    delete spec.clusterIPs;
    spec.ports = [{ port: 81, targetPort: 81 }];
  });
  expect(after.spec).toMatchObject({
    clusterIP: old.spec.clusterIP,
    clusterIPs: old.spec.clusterIPs,
    ports: [{ port: 81, nodePort: old.spec.ports![0]!.nodePort }],
  });
});

test('a change of type takes and gives back', async () => {
  const { create, update } = servicesIn();
  const plain = await create({ clusterIP: '10.0.0.8' });
  const ported = await update(plain, (spec) => {
    spec.type = 'NodePort';
    spec.ports![0]!.nodePort = 31877;
  });
  expect(await refusal(create({ type: 'NodePort', ports: [{ port: 80, nodePort: 31877 }] }))).toHaveLength(1);
  const named = await update(ported, (spec) => {
    spec.type = 'ExternalName';
    spec.externalName = 'x.example.com';
    delete spec.clusterIP;
    delete spec.clusterIPs;
  });
  expect(named.spec).not.toHaveProperty('ipFamilies');
  expect(
    await refusal(create({ clusterIP: '10.0.0.8', type: 'NodePort', ports: [{ port: 80, nodePort: 31877 }] })),
  ).toEqual([]);
  const back = await update(named, (spec) => {
    spec.type = 'ClusterIP';
    delete spec.externalName;
  });
  expect(back.spec.clusterIP).toMatch(/^10\.0\.0\.\d+$/);
});

test('a status write takes nothing, whatever its body says', async () => {
  const { create, hooks } = servicesIn();
  const old = await create({});
  const body = { ...old, spec: { ...old.spec, type: 'NodePort' } };
  expect(await hooks.beginUpdate!(contextOf({ subresource: 'status' }), body, old, false)).toBeUndefined();
  expect(body.spec.ports![0]).not.toHaveProperty('nodePort');
});

test('the traffic policy of an ExternalName Service is not shown', () => {
  const { hooks } = servicesIn();
  const object = decoded(service, { spec: { type: 'ExternalName', internalTrafficPolicy: 'Local' } });
  expect(hooks.decorate!(object).spec).not.toHaveProperty('internalTrafficPolicy');
  expect(object.spec.internalTrafficPolicy).toBe('Local');
  const plain = decoded(service, {});
  expect(hooks.decorate!(plain)).toBe(plain);
});
