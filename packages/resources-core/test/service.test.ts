import type { Service } from '@orlop/kubernetes-schema/core/v1';
import { expect, test } from 'vitest';
import { service } from '../src/service/index.ts';
import { serviceStatusStrategy } from '../src/service/strategy.ts';
import { created, decoded, stored, updated, type Written } from './support/write.ts';

/** A Service as validation sees it: its families and address were settled before. */
const settled = (spec: Record<string, unknown>): Written => ({
  spec: {
    ports: [{ port: 80 }],
    clusterIP: '10.0.0.7',
    clusterIPs: ['10.0.0.7'],
    ipFamilies: ['IPv4'],
    ipFamilyPolicy: 'SingleStack',
    ...spec,
  },
});
const errors = (spec: Record<string, unknown>) => created(service, settled(spec)).errors;

test('defaults of a minimal Service', () => {
  expect(decoded(service, { spec: { ports: [{ port: 80 }] } }).spec).toEqual({
    ports: [{ protocol: 'TCP', port: 80, targetPort: 80 }],
    type: 'ClusterIP',
    sessionAffinity: 'None',
    internalTrafficPolicy: 'Cluster',
  });
});

test('defaults that depend on others', () => {
  const spec = (given: Record<string, unknown>) => decoded(service, { spec: given }).spec;
  expect(spec({ sessionAffinity: 'ClientIP' }).sessionAffinityConfig).toEqual({ clientIP: { timeoutSeconds: 10800 } });
  expect(spec({ sessionAffinityConfig: { clientIP: { timeoutSeconds: 5 } } })).not.toHaveProperty(
    'sessionAffinityConfig',
  );
  expect(spec({ type: 'LoadBalancer' })).toMatchObject({
    externalTrafficPolicy: 'Cluster',
    allocateLoadBalancerNodePorts: true,
  });
  expect(spec({ externalIPs: ['192.0.2.1'] }).externalTrafficPolicy).toBe('Cluster');
  expect(spec({ type: 'ExternalName' })).not.toHaveProperty('internalTrafficPolicy');
  expect(spec({ ports: [{ port: 53, protocol: 'UDP', targetPort: 'dns' }] }).ports).toEqual([
    { protocol: 'UDP', port: 53, targetPort: 'dns' },
  ]);
});

test('an address of a load balancer is virtual unless it says otherwise', () => {
  const status = { loadBalancer: { ingress: [{ ip: '203.0.113.5' }, { hostname: 'a.example' }] } };
  expect(decoded(service, { spec: { type: 'LoadBalancer' }, status }).status).toEqual({
    loadBalancer: { ingress: [{ ip: '203.0.113.5', ipMode: 'VIP' }, { hostname: 'a.example' }] },
  });
});

const portName = (index: number) => `spec.ports[${index}].name: Required value`;

test.each([
  [{ ports: [] }, ['spec.ports: Required value']],
  [{ ports: [{ port: 80 }, { port: 81 }] }, [portName(0), portName(1)]],
  [
    {
      ports: [
        { name: 'x', port: 80 },
        { name: 'x', port: 81 },
      ],
    },
    ['spec.ports[1].name: Duplicate value: "x"'],
  ],
  [
    {
      ports: [
        { name: 'x', port: 80 },
        { name: 'y', port: 80 },
      ],
    },
    [
      'spec.ports[1]: Duplicate value: {"Name":"","Protocol":"TCP","AppProtocol":null,"Port":80,"TargetPort":0,"NodePort":0}',
    ],
  ],
  [
    {
      ports: [
        { name: 'x', port: 80 },
        { name: 'y', port: 80, protocol: 'UDP' },
      ],
    },
    [],
  ],
  [
    { ports: [{ port: 0, targetPort: 70000 }] },
    [
      'spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive',
      'spec.ports[0].targetPort: Invalid value: 70000: must be between 1 and 65535, inclusive',
    ],
  ],
  [
    { ports: [{ port: 80, targetPort: 'NO-' }] },
    [
      'spec.ports[0].targetPort: Invalid value: "NO-": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
      'spec.ports[0].targetPort: Invalid value: "NO-": must contain at least one letter (a-z)',
      'spec.ports[0].targetPort: Invalid value: "NO-": must not begin or end with a hyphen',
    ],
  ],
  [
    {
      ports: [{ port: 80, protocol: 'HTTP' }],
      type: 'Cluster',
      sessionAffinity: 'Cookie',
      internalTrafficPolicy: 'Local',
    },
    [
      'spec.ports[0].protocol: Unsupported value: "HTTP": supported values: "SCTP", "TCP", "UDP"',
      'spec.sessionAffinity: Unsupported value: "Cookie": supported values: "ClientIP", "None"',
      'spec.type: Unsupported value: "Cluster": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"',
    ],
  ],
  [
    { ports: [{ port: 80, nodePort: 31872 }] },
    ["spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'"],
  ],
  [
    {
      type: 'NodePort',
      ports: [
        { name: 'a', port: 80, nodePort: 31872 },
        { name: 'b', port: 81, nodePort: 31872 },
      ],
    },
    ['spec.ports[1].nodePort: Duplicate value: 31872'],
  ],
  [
    { sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 86401 } } },
    [
      'spec.sessionAffinityConfig.clientIP.timeoutSeconds: Invalid value: 86401: must be greater than 0 and less than 86400',
    ],
  ],
  [
    { externalTrafficPolicy: 'Local' },
    ['spec.externalTrafficPolicy: Invalid value: "Local": may only be set for externally-accessible services'],
  ],
  [
    { healthCheckNodePort: 30001 },
    [
      "spec.healthCheckNodePort: Invalid value: 30001: may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
    ],
  ],
  [{ loadBalancerClass: 'x' }, ["spec.loadBalancerClass: Forbidden: may only be used when `type` is 'LoadBalancer'"]],
  [
    { allocateLoadBalancerNodePorts: true },
    ["spec.allocateLoadBalancerNodePorts: Forbidden: may only be used when `type` is 'LoadBalancer'"],
  ],
  [
    { internalTrafficPolicy: 'X' },
    ['spec.internalTrafficPolicy: Unsupported value: "X": supported values: "Cluster", "Local"'],
  ],
  [
    { trafficDistribution: 'Anywhere' },
    [
      'spec.trafficDistribution: Unsupported value: "Anywhere": supported values: "PreferClose", "PreferSameZone", "PreferSameNode"',
    ],
  ],
  [
    { type: 'LoadBalancer', loadBalancerSourceRanges: ['1.2.3.4', '1.2.3.4/8', ' 10.0.0.0/8 ', '010.0.0.0/8'] },
    [
      'spec.LoadBalancerSourceRanges[0]: Invalid value: "1.2.3.4": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)',
      'spec.LoadBalancerSourceRanges[1]: Invalid value: "1.2.3.4/8": must not have bits set beyond the prefix length',
      'spec.LoadBalancerSourceRanges[3]: Invalid value: "010.0.0.0/8": must not have leading 0s in IP or prefix length',
    ],
  ],
  [
    { loadBalancerSourceRanges: ['10.0.0.0/8'] },
    ["spec.LoadBalancerSourceRanges: Forbidden: may only be used when `type` is 'LoadBalancer'"],
  ],
  [
    {
      externalIPs: [
        '127.0.0.1',
        'x',
        '0.0.0.0',
        '169.254.1.1',
        '224.0.0.1',
        'fe80::1',
        '2001:DB8::0',
        '::ffff:1.2.3.4',
      ],
    },
    [
      'spec.externalIPs[0]: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)',
      'spec.externalIPs[1]: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
      'spec.externalIPs[2]: Invalid value: "0.0.0.0": may not be unspecified (0.0.0.0)',
      'spec.externalIPs[3]: Invalid value: "169.254.1.1": may not be in the link-local range (169.254.0.0/16, fe80::/10)',
      'spec.externalIPs[4]: Invalid value: "224.0.0.1": may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)',
      'spec.externalIPs[5]: Invalid value: "fe80::1": may not be in the link-local range (169.254.0.0/16, fe80::/10)',
      'spec.externalIPs[7]: Invalid value: "::ffff:1.2.3.4": must not be an IPv4-mapped IPv6 address',
    ],
  ],
] as const)('rules of the spec: %j', (spec, expected) => {
  expect(errors(spec)).toEqual(expected);
});

test.each([
  ['db.example.com', []],
  ['db.example.com.', []],
  ['', ['spec.externalName: Required value']],
  ['Not_A_Name', [expect.stringMatching(/^spec\.externalName: Invalid value: "Not_A_Name": a lowercase RFC 1123 sub/)]],
])('ExternalName %j', (externalName, expected) => {
  expect(created(service, { spec: { type: 'ExternalName', externalName } }).errors).toEqual(expected);
});

test('an ExternalName Service has no addresses', () => {
  expect(errors({ type: 'ExternalName', externalName: 'a.b' })).toEqual([
    'spec.clusterIPs: Forbidden: may not be set for ExternalName services',
    'spec.ipFamilies: Forbidden: may not be set for ExternalName services',
    'spec.ipFamilyPolicy: Forbidden: may not be set for ExternalName services',
  ]);
});

test('names are labels and may begin with a digit', () => {
  const named = (name: string) => created(service, { ...settled({}), metadata: { name } }).errors;
  expect(named('1abc')).toEqual([]);
  expect(named('a.b')).toEqual(['metadata.name: Invalid value: "a.b": must not contain dots']);
});

test.each([
  [
    { trafficDistribution: 'PreferClose' },
    ['spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"'],
  ],
  [
    { externalName: 'foo', loadBalancerIP: '01.2.3.4' },
    [
      'spec.loadBalancerIP: non-standard IP address "01.2.3.4" is invalid: use "1.2.3.4"',
      'spec.externalName is ignored when spec.type is not "ExternalName"',
    ],
  ],
  [
    { externalIPs: ['2001:DB8::0'] },
    [
      'spec.externalIPs[0]: IPv6 address "2001:DB8::0" should be in RFC 5952 canonical format ("2001:db8::")',
      'spec.externalIPs is deprecated and may no longer be implemented in some clusters',
    ],
  ],
  [
    { clusterIP: 'None', clusterIPs: ['None'], loadBalancerIP: '1.2.3.4', sessionAffinity: 'ClientIP' },
    ['spec.loadBalancerIP is ignored for headless services', 'spec.SessionAffinity is ignored for headless services'],
  ],
] as const)('warnings: %j', (spec, warnings) => {
  expect(created(service, settled(spec)).warnings).toEqual(warnings);
});

const change = (old: Service, spec: Record<string, unknown>) =>
  updated(service, old, (object) => Object.assign(object.spec, spec));

test('what stays once it is set', () => {
  const plain = stored(service, settled({}));
  expect(change(plain, { clusterIP: '10.0.0.4', clusterIPs: ['10.0.0.4'] }).errors).toEqual([
    'spec.clusterIPs[0]: Invalid value: ["10.0.0.4"]: may not change once set',
  ]);
  const balanced = stored(service, settled({ type: 'LoadBalancer', loadBalancerClass: 'example.com/lb' }));
  expect(change(balanced, { loadBalancerClass: 'example.com/other' }).errors).toEqual([
    'spec.loadBalancerClass: Invalid value: "example.com/other": may not change once set',
  ]);
  const local = stored(
    service,
    settled({ type: 'LoadBalancer', externalTrafficPolicy: 'Local', healthCheckNodePort: 31879 }),
  );
  expect(change(local, { healthCheckNodePort: 31881 }).errors).toEqual([
    'spec.healthCheckNodePort: Forbidden: field is immutable',
  ]);
});

test('a change of type alone drops what the old type needed', () => {
  const old = stored(
    service,
    settled({
      type: 'LoadBalancer',
      externalTrafficPolicy: 'Local',
      healthCheckNodePort: 31879,
      ports: [{ port: 80, nodePort: 31880 }],
      loadBalancerClass: 'example.com/lb',
    }),
  );
  const { object, errors } = change(old, { type: 'ClusterIP' });
  expect(errors).toEqual([]);
  expect(object.spec).toEqual({
    ports: [{ protocol: 'TCP', port: 80, targetPort: 80 }],
    clusterIP: '10.0.0.7',
    clusterIPs: ['10.0.0.7'],
    type: 'ClusterIP',
    sessionAffinity: 'None',
    ipFamilies: ['IPv4'],
    ipFamilyPolicy: 'SingleStack',
    internalTrafficPolicy: 'Cluster',
  });
  const named = change(old, { type: 'ExternalName', externalName: 'a.b' });
  expect(named.errors).toEqual([]);
  expect(named.object.spec).not.toHaveProperty('clusterIPs');
  expect(named.object.spec).not.toHaveProperty('ipFamilies');
  // What was changed with the type was meant.
  expect(change(old, { type: 'ClusterIP', externalTrafficPolicy: 'Cluster' }).errors).toEqual([
    'spec.externalTrafficPolicy: Invalid value: "Cluster": may only be set for externally-accessible services',
  ]);
});

test('status: dropped on create, kept on update, checked on its own', () => {
  const ingress = [{ ip: '203.0.113.5' }];
  const old = stored(service, { ...settled({ type: 'LoadBalancer' }), status: { loadBalancer: { ingress } } });
  expect(old.status).toEqual({ loadBalancer: {} });
  const write = (ingress: unknown[], of = old) =>
    updated(
      service,
      of,
      (object) => Object.assign(object.status, { loadBalancer: { ingress } }),
      serviceStatusStrategy,
    );
  expect(write(ingress).object).toMatchObject({
    spec: old.spec,
    status: { loadBalancer: { ingress: [{ ipMode: 'VIP' }] } },
  });
  expect(write([{ ip: 'x' }, { hostname: '203.0.113.9' }]).errors).toEqual([
    'status.loadBalancer.ingress[0].ip: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
    'status.loadBalancer.ingress[1].hostname: Invalid value: "203.0.113.9": must be a DNS name, not an IP address',
  ]);
  expect(write([{ hostname: 'a.b', ipMode: 'VIP' }]).errors).toEqual([
    'status.loadBalancer.ingress[0].ipMode: Forbidden: may not be specified when `ip` is not set',
  ]);
  expect(write(ingress, stored(service, settled({}))).errors).toEqual([
    "status.loadBalancer.ingress: Forbidden: may only be used when `spec.type` is 'LoadBalancer'",
  ]);
});

test.each([
  [{}, ['ClusterIP', '10.0.0.7', '<none>', '80/TCP', '<none>']],
  [
    {
      type: 'NodePort',
      ports: [
        { port: 80, nodePort: 31000 },
        { port: 53, protocol: 'UDP' },
      ],
      selector: { b: '2', a: '1' },
    },
    ['NodePort', '10.0.0.7', '<none>', '80:31000/TCP,53/UDP', 'a=1,b=2'],
  ],
  [{ type: 'LoadBalancer' }, ['LoadBalancer', '10.0.0.7', '<pending>', '80/TCP', '<none>']],
  [{ externalIPs: ['192.0.2.2', '192.0.2.1'] }, ['ClusterIP', '10.0.0.7', '192.0.2.2,192.0.2.1', '80/TCP', '<none>']],
  [
    { type: 'ExternalName', externalName: 'a.b', clusterIPs: [], ports: [] },
    ['ExternalName', '<none>', 'a.b', '<none>', '<none>'],
  ],
  [{ type: 'Odd' }, ['Odd', '10.0.0.7', '<unknown>', '80/TCP', '<none>']],
] as const)('columns: %j', (spec, cells) => {
  const object = decoded(service, settled(spec));
  const shown = service.columns.filter(({ name }) => name !== 'Name' && name !== 'Age');
  expect(shown.map((column) => column.cell(object, 0))).toEqual(cells);
});

test('the addresses of a load balancer are sorted, external IPs come after', () => {
  const status = { loadBalancer: { ingress: [{ hostname: 'b.c' }, { ip: '203.0.113.5' }, { ip: '203.0.113.5' }] } };
  const object = decoded(service, { ...settled({ type: 'LoadBalancer', externalIPs: ['192.0.2.1'] }), status });
  const column = service.columns.find(({ name }) => name === 'External-IP')!;
  expect(column.cell(object, 0)).toBe('203.0.113.5,b.c,192.0.2.1');
});
