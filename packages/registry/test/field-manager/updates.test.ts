import type { ManagedFieldsEntry } from '@orlop/apimachinery';
import { describe, expect, it } from 'vitest';
import { kept, type Motor, motor, motorFields, owners } from '../support/motors.ts';

describe('create, PUT and plain patch', () => {
  it('give the writer what it set, without what says which object this is', () => {
    const m = motorFields();
    const made = m.fields.update(undefined, motor({ size: 1 }, { labels: { a: 'b' }, resourceVersion: '7' }), 'alice');
    expect(owners(made)).toEqual([
      'alice Update 1: {"f:metadata":{"f:labels":{".":{},"f:a":{}}},"f:spec":{".":{},"f:size":{}}}',
    ]);
    expect(owners(m.fields.update(undefined, motor(), 'alice'))).toEqual([]);
  });

  it('change nothing that they are given', () => {
    const m = motorFields();
    const live = kept(m.fields.update(undefined, motor({ size: 1 }), 'alice'));
    const next = { ...live, spec: { size: 2 } };
    const before = JSON.stringify([live, next]);
    m.fields.update(live, next, 'bob');
    expect(JSON.stringify([live, next])).toBe(before);
  });

  it('move a field to who changes it, and forget one that is removed', () => {
    const m = motorFields();
    const live = kept(m.fields.update(undefined, motor({ size: 1, speed: 1 }), 'alice'));
    m.time = 2;
    const changed = m.fields.update(live, { ...live, spec: { size: 2, speed: 1 } }, 'bob');
    expect(owners(changed)).toEqual([
      'alice Update 1: {"f:spec":{".":{},"f:speed":{}}}',
      'bob Update 2: {"f:spec":{"f:size":{}}}',
    ]);
    const removed = m.fields.update(changed, { ...changed, spec: { size: 2 } }, 'carol');
    expect(owners(removed)).toEqual(['alice Update 1: {"f:spec":{}}', 'bob Update 2: {"f:spec":{"f:size":{}}}']);
  });

  it('move the time of a manager only when it takes something', () => {
    const m = motorFields();
    const live = kept(m.fields.update(undefined, motor({ size: 1, speed: 1 }), 'alice'));
    m.time = 2;
    expect(owners(m.fields.update(live, live, 'alice'))[0]).toMatch(/^alice Update 1:/);
    expect(owners(m.fields.update(live, { ...live, spec: { size: 1 } }, 'alice'))[0]).toMatch(/^alice Update 1:/);
    const again = m.fields.update(live, { ...live, spec: { size: 2, speed: 1 } }, 'alice');
    expect(owners(again)).toEqual(['alice Update 2: {"f:spec":{".":{},"f:size":{},"f:speed":{}}}']);
    expect(again.metadata.managedFields![0]!.fieldsV1).toBe(live.metadata.managedFields![0]!.fieldsV1);
  });

  it('hand the entries on where nothing is different, and tell those of one document apart', () => {
    const m = motorFields();
    const live = kept(m.fields.update(undefined, motor({ size: 1, speed: 1 }), 'alice'));
    const again = m.fields.update(live, { ...live, spec: { size: 2, speed: 1 } }, 'alice');
    expect(again.metadata.managedFields).toBe(live.metadata.managedFields);
    const [entry] = live.metadata.managedFields!;
    const shared = { ...live, metadata: { ...live.metadata, managedFields: [entry!, { ...entry!, manager: 'bob' }] } };
    expect(owners(m.fields.update(shared, { ...shared, spec: { size: 2, speed: 1 } }, 'alice'))).toEqual([
      'alice Update 1: {"f:spec":{".":{},"f:size":{},"f:speed":{}}}',
      'bob Update 1: {"f:spec":{".":{},"f:speed":{}}}',
    ]);
  });

  it('call a writer without a name unknown', () => {
    expect(owners(motorFields().fields.update(undefined, motor({ size: 1 }), ''))[0]).toMatch(/^unknown Update/);
  });

  it('track nothing in an object that nobody owns, but every creation', () => {
    const m = motorFields();
    const live = kept(motor({ size: 1 }));
    expect(owners(m.fields.update(live, motor({ size: 2 }), 'alice'))).toEqual([]);
  });

  it('have an entry of their own through a subresource, and for each operation', () => {
    const main = motorFields();
    const status = motorFields({ subresource: 'status' });
    const live = kept(main.fields.update(undefined, motor({ size: 1 }), 'alice'));
    const up: Motor = { ...live, status: { phase: 'Up' } };
    expect(owners(status.fields.update(live, up, 'alice'))).toEqual([
      'alice Update 1: {"f:spec":{".":{},"f:size":{}}}',
      'alice/status Update 1: {"f:status":{".":{},"f:phase":{}}}',
    ]);
  });

  it('leave out what their path throws away', () => {
    const m = motorFields({ resetFields: ['status', 'metadata.labels'] });
    const made = m.fields.update(
      undefined,
      { ...motor({ size: 1 }, { labels: { a: 'b' }, annotations: { c: 'd' } }), status: { phase: 'Up' } },
      'alice',
    );
    expect(owners(made)).toEqual([
      'alice Update 1: {"f:metadata":{"f:annotations":{".":{},"f:c":{}}},"f:spec":{".":{},"f:size":{}}}',
    ]);
  });
});

describe('managedFields in a request', () => {
  const entry = (change: Partial<Record<keyof ManagedFieldsEntry, unknown>> = {}): ManagedFieldsEntry =>
    ({
      manager: 'edited',
      operation: 'Update',
      apiVersion: 'test.dev/v1',
      fieldsType: 'FieldsV1',
      fieldsV1: { 'f:spec': { 'f:size': {} } },
      ...change,
    }) as ManagedFieldsEntry;
  const stored = (m = motorFields()): Motor => kept(m.fields.update(undefined, motor({ size: 1 }), 'alice'));
  const sent = (managedFields: ManagedFieldsEntry[] | undefined, subresource = ''): string[] => {
    const live = stored();
    const metadata = { ...live.metadata };
    delete metadata.managedFields;
    if (managedFields !== undefined) metadata.managedFields = managedFields;
    return owners(motorFields({ subresource }).fields.update(live, { ...live, metadata }, 'bob'));
  };
  const before = owners(stored());

  it('counts when it can be read', () => {
    expect(sent([entry()])).toEqual(['edited Update -: {"f:spec":{"f:size":{}}}']);
  });

  it('is replaced by what is stored when it is absent or cannot be read', () => {
    expect(sent(undefined)).toEqual(before);
    for (const wrong of [
      { operation: 'Other' },
      { apiVersion: '' },
      { fieldsType: 'FieldsV2' },
      { fieldsV1: { nonsense: {} } },
      { fieldsV1: { 'k:no': {} } },
    ]) {
      expect(sent([entry(wrong)])).toEqual(before);
    }
  });

  it('makes everybody give up everything when it is empty, or one empty entry', () => {
    expect(sent([])).toEqual([]);
    expect(sent([{}])).toEqual([]);
  });

  it('does not count through a subresource', () => {
    expect(sent([entry()], 'status')).toEqual(before);
    expect(sent([], 'status')).toEqual(before);
  });

  it('loses entries of versions that are gone', () => {
    expect(sent([entry(), entry({ manager: 'old', apiVersion: 'test.dev/v0' })])).toHaveLength(1);
  });

  it('comes out in order: appliers first, then by time, then by name', () => {
    const time = (seconds: number) => new Date(seconds * 1000).toISOString().replace('.000', '');
    const names = sent([
      entry({ manager: 'z', time: time(5) }),
      entry({ manager: 'b', time: time(9) }),
      entry({ manager: 'a', time: time(9), fieldsV1: { 'f:spec': { 'f:speed': {} } } }),
      entry({ manager: 'y', operation: 'Apply', time: time(10) }),
      entry({ manager: 'x' }),
    ]).map((text) => text.split(' ')[0]);
    expect(names).toEqual(['y', 'x', 'z', 'a', 'b']);
  });
});

describe('many managers', () => {
  it('are capped at ten updaters: the oldest become one', () => {
    const m = motorFields();
    let live = kept(m.fields.update(undefined, motor({ colors: { c0: 'v' } }), 'm0'));
    for (let i = 1; i < 13; i++) {
      m.time++;
      live = m.fields.update(live, { ...live, spec: { colors: { ...live.spec?.colors, [`c${i}`]: 'v' } } }, `m${i}`);
    }
    const entries = owners(live);
    expect(entries).toHaveLength(10);
    expect(entries[0]).toBe(
      'ancient-changes Update 4: {"f:spec":{".":{},"f:colors":{".":{},"f:c0":{},"f:c1":{},"f:c2":{},"f:c3":{}}}}',
    );
    expect(entries.at(-1)).toMatch(/^m12 Update 13:/);
  });

  it('do not count appliers', () => {
    const m = motorFields();
    let live: Motor | undefined;
    for (let i = 0; i < 12; i++) {
      const applied = {
        apiVersion: 'test.dev/v1',
        kind: 'Motor',
        metadata: { name: 'm' },
        spec: { colors: { [`c${i}`]: 'v' } },
      };
      live = kept(m.fields.apply(live, applied, `m${i}`, false));
    }
    expect(owners(live!)).toHaveLength(12);
  });
});

it('a write that cannot be told apart is not refused: nobody owns anything, and it is logged', () => {
  const m = motorFields();
  const live = {
    ...kept(m.fields.update(undefined, motor({ size: 1 }), 'alice')),
    get spec(): Motor['spec'] & object {
      throw new Error('unreadable');
    },
  };
  const made = m.fields.update(live as Motor, motor({ size: 2 }), 'alice');
  expect(made.metadata.managedFields).toBeUndefined();
  expect(m.errors).toEqual(['field ownership could not be told']);
});
