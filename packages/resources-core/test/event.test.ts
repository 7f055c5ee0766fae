import { expect, test } from 'vitest';
import { event } from '../src/event/index.ts';
import { eventLifetime } from '../src/event/strategy.ts';
import { created, decoded } from './support/write.ts';

const about = { involvedObject: { kind: 'Pod', namespace: 'ns', name: 'p', apiVersion: 'v1' }, reason: 'Started' };
const time = '2026-01-02T03:04:05.000006Z';
const elsewhere = (namespace: string) =>
  `involvedObject.namespace: Invalid value: "${namespace}": does not match event.namespace`;

test('little is asked of events without eventTime', () => {
  expect(created(event, { ...about, reason: '', type: 'Odd' }).errors).toEqual([]);
  expect(created(event, { involvedObject: { kind: 'Pod', namespace: 'elsewhere' } }).errors).toEqual([
    elsewhere('elsewhere'),
  ]);
  expect(created(event, {}).errors).toEqual([elsewhere('')]);
  expect(created(event, { metadata: { namespace: 'default' }, involvedObject: { kind: 'Node' } }).errors).toEqual([]);
});

test('events with eventTime say who reports what', () => {
  expect(created(event, { ...about, eventTime: time }).errors).toEqual([
    'reportingComponent: Required value',
    'reportingComponent: Invalid value: "": name part must be non-empty',
    `reportingComponent: Invalid value: "": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')`,
    'reportingInstance: Required value',
    'action: Required value',
  ]);
  const full = { ...about, eventTime: time, reportingComponent: 'example.com/c', reportingInstance: 'i', action: 'a' };
  expect(created(event, full).errors).toEqual([]);
  expect(created(event, { ...full, message: 'x'.repeat(1025) }).errors).toEqual([
    'message: Invalid value: "": can have at most 1024 characters',
  ]);
  // A namespaced object's namespace may differ once the event is timed; a cluster-wide one's event may not stand anywhere.
  expect(created(event, { ...full, involvedObject: { kind: 'Node', name: 'n' } }).errors).toEqual([elsewhere('')]);
  expect(
    created(event, { ...full, metadata: { namespace: 'kube-system' }, involvedObject: { kind: 'Node', name: 'n' } })
      .errors,
  ).toEqual([]);
});

test('events live an hour from their last write', () => {
  const object = decoded(event, about);
  expect(event.strategy.ttl!(object, 12, true)).toBe(eventLifetime);
  expect(eventLifetime).toBe(3600);
});

const cells = (written: Parameters<typeof decoded>[1], now = '2026-01-01T01:00:00Z') => {
  const object = decoded(event, written);
  return Object.fromEntries(event.columns.map((column) => [column.name, column.cell(object, Date.parse(now))]));
};

test('columns', () => {
  const old = cells({
    ...about,
    message: ' hello \n',
    type: 'Normal',
    source: { component: 'kubelet', host: 'n1' },
    firstTimestamp: '2026-01-01T00:00:00Z',
    lastTimestamp: '2026-01-01T00:59:00Z',
    count: 3,
  });
  expect(old).toEqual({
    'Last Seen': '60s',
    Type: 'Normal',
    Reason: 'Started',
    Object: 'pod/p',
    Subobject: '',
    Source: 'kubelet, n1',
    Message: 'hello',
    'First Seen': '60m',
    Count: 3,
    Name: 'x',
  });
  const fresh = cells({
    involvedObject: { kind: 'Pod' },
    eventTime: '2026-01-01T00:59:50.000000Z',
    reportingComponent: 'c',
  });
  expect(fresh).toMatchObject({ 'Last Seen': '10s', 'First Seen': '10s', Object: 'pod', Count: 1, Source: 'c' });
  const series = { count: 7, lastObservedTime: '2026-01-01T00:59:57.000000Z' };
  expect(cells({ ...about, series })).toMatchObject({ 'Last Seen': '3s', 'First Seen': '<unknown>', Count: 7 });
});

test('selectable by what it is about; the reporter stands in for an absent source', () => {
  const select = (written: Parameters<typeof decoded>[1]) => {
    const object = decoded(event, written);
    return Object.fromEntries(Object.entries(event.selectableFields!).map(([name, read]) => [name, read(object)]));
  };
  expect(select({ ...about, source: { component: 'kubelet' }, reportingComponent: 'c' })).toMatchObject({
    'involvedObject.kind': 'Pod',
    'involvedObject.name': 'p',
    'involvedObject.apiVersion': 'v1',
    reason: 'Started',
    source: 'kubelet',
    reportingComponent: 'c',
  });
  expect(select({ ...about, reportingComponent: 'c' }).source).toBe('c');
});
