import { expect, test } from 'vitest';
import { pod } from '../src/pod/index.ts';
import { decoded } from './support/write.ts';

const now = Date.parse('2026-01-01T01:00:00Z');
const two = { containers: [{ name: 'c' }, { name: 'd' }] };
const init = { ...two, initContainers: [{ name: 'i' }, { name: 'j' }] };
const sidecar = { ...two, initContainers: [{ name: 's', restartPolicy: 'Always' }] };

const waiting = (reason: string) => ({ waiting: { reason } });
const terminated = (exitCode: number, more = {}) => ({ terminated: { exitCode, ...more } });
const running = { running: {} };
const state = (name: string, state: unknown, more = {}) => ({ name, state, restartCount: 0, ...more });
const ready = { ready: true };
const condition = (type: string) => ({ type, status: 'True' });

function cells(spec: Record<string, unknown>, status: Record<string, unknown>, metadata: Record<string, unknown> = {}) {
  const object = decoded(pod, { metadata, spec, status });
  return Object.fromEntries(pod.columns.map((column) => [column.name, column.cell(object, now)]));
}

test.each([
  ['Pending', two, { phase: 'Pending' }, '0/2'],
  ['Evicted', two, { phase: 'Failed', reason: 'Evicted' }, '0/2'],
  [
    'SchedulingGated',
    two,
    { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }] },
    '0/2',
  ],
  [
    'CrashLoopBackOff',
    two,
    { phase: 'Running', containerStatuses: [state('c', waiting('CrashLoopBackOff')), state('d', running, ready)] },
    '1/2',
  ],
  [
    'Running',
    two,
    { phase: 'Running', containerStatuses: [state('c', running, ready), state('d', running, ready)] },
    '2/2',
  ],
  [
    'OOMKilled',
    two,
    { phase: 'Running', containerStatuses: [state('c', terminated(137, { reason: 'OOMKilled' }))] },
    '0/2',
  ],
  ['Signal:9', two, { phase: 'Running', containerStatuses: [state('c', terminated(137, { signal: 9 }))] }, '0/2'],
  ['ExitCode:3', two, { phase: 'Running', containerStatuses: [state('c', terminated(3))] }, '0/2'],
  [
    'NotReady',
    two,
    {
      phase: 'Running',
      containerStatuses: [state('c', terminated(0, { reason: 'Completed' })), state('d', running, ready)],
    },
    '1/2',
  ],
  [
    'Running',
    two,
    {
      phase: 'Running',
      conditions: [condition('Ready')],
      containerStatuses: [state('c', terminated(0, { reason: 'Completed' })), state('d', running, ready)],
    },
    '1/2',
  ],
  [
    'Error',
    two,
    {
      phase: 'Running',
      containerStatuses: [
        state('c', terminated(0, { reason: 'Completed' })),
        state('d', terminated(1, { reason: 'Error' })),
      ],
    },
    '0/2',
  ],
  ['Init:0/2', init, { phase: 'Pending', initContainerStatuses: [state('i', running)] }, '0/2'],
  [
    'Init:1/2',
    init,
    { phase: 'Pending', initContainerStatuses: [state('i', terminated(0)), state('j', waiting('PodInitializing'))] },
    '0/2',
  ],
  [
    'Init:ImagePullBackOff',
    init,
    { phase: 'Pending', initContainerStatuses: [state('i', waiting('ImagePullBackOff'))] },
    '0/2',
  ],
  [
    'Init:Error',
    init,
    { phase: 'Pending', initContainerStatuses: [state('i', terminated(1, { reason: 'Error' }))] },
    '0/2',
  ],
  [
    'Init:Signal:9',
    init,
    { phase: 'Pending', initContainerStatuses: [state('i', terminated(137, { signal: 9 }))] },
    '0/2',
  ],
  ['Init:ExitCode:2', init, { phase: 'Pending', initContainerStatuses: [state('i', terminated(2))] }, '0/2'],
  [
    'Running',
    sidecar,
    {
      phase: 'Running',
      initContainerStatuses: [state('s', running, { ...ready, started: true })],
      containerStatuses: [state('c', running, ready), state('d', running, ready)],
    },
    '3/3',
  ],
] as const)('status %s', (shown, spec, status, readiness) => {
  expect(cells(spec, status)).toMatchObject({ Status: shown, Ready: readiness });
});

test('a Pod that is being deleted', () => {
  const metadata = { deletionTimestamp: '2026-01-01T00:59:00Z' };
  expect(cells(two, { phase: 'Running' }, metadata).Status).toBe('Terminating');
  expect(cells(two, { phase: 'Succeeded' }, metadata).Status).toBe('Succeeded');
  expect(cells(two, { phase: 'Running', reason: 'NodeLost' }, metadata).Status).toBe('Unknown');
});

test('restarts are summed up, with the time of the last', () => {
  const lastState = { terminated: { exitCode: 1, finishedAt: '2026-01-01T00:55:00Z' } };
  const status = {
    phase: 'Running',
    initContainerStatuses: [state('i', terminated(0), { restartCount: 7 })],
    containerStatuses: [state('c', running, { restartCount: 3, lastState }), state('d', running, { restartCount: 1 })],
  };
  // Restarts of init containers count only while they go on.
  expect(cells(two, status).Restarts).toBe('4 (5m ago)');
  expect(
    cells(init, { phase: 'Pending', initContainerStatuses: [state('i', running, { restartCount: 7 })] }).Restarts,
  ).toBe('7');
  expect(cells(two, { phase: 'Pending' }).Restarts).toBe('0');
});

test.each([
  ['Running', []],
  ['constructor', []],
  ['Succeeded', ['Succeeded: The pod has completed successfully.']],
  ['Failed', ['Failed: The pod failed.']],
])('the row of a Pod that is %s', (phase, expected) => {
  const conditions = pod.rowConditions!(decoded(pod, { spec: two, status: { phase } }));
  expect(conditions.map(({ reason, message }) => `${reason}: ${message}`)).toEqual(expected);
});

test('wide columns', () => {
  expect(cells(two, {})).toMatchObject({
    IP: '<none>',
    Node: '<none>',
    'Nominated Node': '<none>',
    'Readiness Gates': '<none>',
  });
  const gates = { readinessGates: [{ conditionType: 'a.b/c' }, { conditionType: 'a.b/d' }] };
  const status = { podIPs: [{ ip: '10.1.2.3' }], nominatedNodeName: 'n2', conditions: [condition('a.b/c')] };
  expect(cells({ ...two, ...gates, nodeName: 'n1' }, status)).toMatchObject({
    IP: '10.1.2.3',
    Node: 'n1',
    'Nominated Node': 'n2',
    'Readiness Gates': '1/2',
  });
});
