import type { KubernetesObject } from '@orlop/apimachinery';
import { describe, expect, it } from 'vitest';
import { configuration, kept, type Motor, motor, motorFields, owners, thrown } from '../support/motors.ts';

const filling = (defaults: Motor['spec']) => (object: KubernetesObject) => {
  (object as Motor).spec = { ...defaults, ...(object as Motor).spec };
};

const annotation = 'kubectl.kubernetes.io/last-applied-configuration';

describe('server-side apply', () => {
  it('creates: the applier owns what it sent, and no containers of it', () => {
    const m = motorFields({ complete: filling({ speed: 9 }) });
    const made = m.fields.apply(
      undefined,
      configuration({ size: 1, parts: [{ name: 'p', weight: 2 }] }),
      'alice',
      false,
    );
    expect(made.spec).toEqual({ size: 1, parts: [{ name: 'p', weight: 2 }], speed: 9 });
    expect(owners(made)).toEqual([
      'alice Apply 1: {"f:spec":{"f:parts":{"k:{\\"name\\":\\"p\\"}":{".":{},"f:name":{},"f:weight":{}}},"f:size":{}}}',
    ]);
  });

  it('removes what its manager applied before and leaves out now, unless somebody else owns it', () => {
    const m = motorFields();
    const colors = (...names: string[]) => ({ colors: Object.fromEntries(names.map((name) => [name, 'v'])) });
    let live = kept(m.fields.apply(undefined, configuration(colors('a', 'b', 'c')), 'alice', false));
    live = m.fields.apply(live, configuration(colors('b')), 'bob', false);
    live = m.fields.apply(live, configuration(colors('c')), 'alice', false);
    expect(live.spec).toEqual(colors('b', 'c'));
  });

  it('shares equal values; the second applier gets no time', () => {
    const m = motorFields();
    let live = kept(m.fields.apply(undefined, configuration({ size: 1 }), 'alice', false));
    live = m.fields.apply(live, configuration({ size: 1 }), 'bob', false);
    expect(owners(live)).toEqual(['bob Apply -: {"f:spec":{"f:size":{}}}', 'alice Apply 1: {"f:spec":{"f:size":{}}}']);
  });

  it('answers what is live when nothing changes, with the same entries', () => {
    const m = motorFields();
    const live = kept(m.fields.apply(undefined, configuration({ size: 1 }), 'alice', false));
    m.time = 5;
    const again = m.fields.apply(live, configuration({ size: 1 }), 'alice', false);
    expect(again).toEqual(live);
    expect(again).not.toBe(live);
    expect(again.spec).not.toBe(live.spec);
  });

  it('keeps one entry for an applier, whatever it applies', () => {
    const m = motorFields();
    let live = kept(m.fields.apply(undefined, configuration({ size: 1 }), 'alice', false));
    m.time = 2;
    live = m.fields.apply(live, configuration({ speed: 3 }), 'alice', false);
    expect(owners(live)).toEqual(['alice Apply 2: {"f:spec":{"f:speed":{}}}']);
    expect(live.spec).toEqual({ speed: 3 });
  });

  it('gives what was there before the first apply to before-first-apply', () => {
    const m = motorFields();
    const live = kept(motor({ size: 1, speed: 1 }));
    expect(owners(m.fields.apply(live, configuration({ size: 1 }), 'alice', false))).toEqual([
      'alice Apply -: {"f:spec":{"f:size":{}}}',
      'before-first-apply Update 1: {"f:spec":{".":{},"f:size":{},"f:speed":{}}}',
    ]);
    expect(thrown(() => m.fields.apply(live, configuration({ size: 2 }), 'alice', false))).toMatchObject({ code: 409 });
  });

  it('fills what the kind leaves to defaults, of the merged object', () => {
    const m = motorFields({ complete: filling({ size: 1 }) });
    let live = kept(m.fields.apply(undefined, configuration({ size: 7 }), 'alice', false));
    live = m.fields.apply(live, configuration({ speed: 2 }), 'alice', false);
    expect(live.spec).toEqual({ speed: 2, size: 1 });
  });

  it('ignores what its path throws away', () => {
    const m = motorFields({ resetFields: ['status'] });
    const made = m.fields.apply(undefined, { ...configuration({ size: 1 }), status: { phase: 'Up' } }, 'alice', false);
    expect(owners(made)).toEqual(['alice Apply 1: {"f:spec":{"f:size":{}}}']);
  });
});

describe('conflicts', () => {
  const two = () => {
    const m = motorFields();
    const made = m.fields.apply(undefined, configuration({ size: 1 }), 'alice', false);
    const live = kept(made);
    return { m, live: m.fields.update(live, { ...live, spec: { ...live.spec, speed: 1 } }, 'bob') };
  };

  it('one: the manager and the field, appliers without their version', () => {
    const { m, live } = two();
    expect(thrown(() => m.fields.apply(live, configuration({ size: 2 }), 'carol', false))).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: 'Apply failed with 1 conflict: conflict with "alice": .spec.size',
      reason: 'Conflict',
      details: { causes: [{ reason: 'FieldManagerConflict', message: 'conflict with "alice"', field: '.spec.size' }] },
      code: 409,
    });
  });

  it('several: by manager', () => {
    const { m, live } = two();
    expect(thrown(() => m.fields.apply(live, configuration({ size: 2, speed: 2 }), 'carol', false))).toMatchObject({
      message:
        'Apply failed with 2 conflicts: conflicts with "alice":\n- .spec.size\nconflicts with "bob" using test.dev/v1:\n- .spec.speed',
    });
  });

  it('name the subresource', () => {
    const status = motorFields({ subresource: 'status' });
    const live = kept(motorFields().fields.apply(undefined, configuration({ size: 1 }), 'alice', false));
    const up = status.fields.update(live, { ...live, status: { phase: 'Up' } }, 'kubelet');
    const down = { ...configuration({}), status: { phase: 'Down' } };
    expect(thrown(() => status.fields.apply(up, down, 'alice', false))).toMatchObject({
      message:
        'Apply failed with 1 conflict: conflict with "kubelet" with subresource "status" using test.dev/v1: .status.phase',
    });
  });

  it('are none with force: the fields change hands', () => {
    const { m, live } = two();
    m.time = 3;
    const forced = m.fields.apply(live, configuration({ size: 2 }), 'carol', true);
    expect(forced.spec).toEqual({ size: 2, speed: 1 });
    expect(owners(forced)).toEqual([
      'carol Apply 3: {"f:spec":{"f:size":{}}}',
      'bob Update 1: {"f:spec":{"f:speed":{}}}',
    ]);
  });
});

describe('refusals', () => {
  const { fields } = motorFields();
  const refused = (applied: Record<string, unknown>) => thrown(() => fields.apply(undefined, applied, 'alice', false));

  it.each([
    [{ ...configuration({}), kind: 'Engine' }, 'invalid object type: test.dev/v1, Kind=Engine'],
    [{ ...configuration({}), apiVersion: 'test.dev/v2' }, 'invalid object type: test.dev/v2, Kind=Motor'],
    [{ ...configuration({}), apiVersion: 7 }, 'invalid object type: /, Kind=Motor'],
    [{ ...configuration({}), apiVersion: 'a/b/c' }, 'invalid object type: /, Kind='],
    [{}, 'invalid object type: /, Kind='],
    [configuration({}, { managedFields: [] }), 'metadata.managedFields must be nil'],
  ])('%#: 400 %s', (applied, message) => {
    expect(refused(applied)).toMatchObject({ code: 400, reason: 'BadRequest', message });
  });

  it.each([
    [configuration({ nope: 1 }), '.spec.nope: field not declared in schema'],
    [configuration({ size: 'two' }), '.spec.size: expected numeric (int or float), got string'],
    [configuration({ parts: [{ name: 'p' }, { name: 'p' }] }), '.spec.parts: duplicate entries for key [name="p"]'],
  ])('%#: 500 without a reason: %s', (applied, problem) => {
    const status = refused(applied);
    expect(status).toMatchObject({
      code: 500,
      message: `failed to create typed patch object (/m; test.dev/v1, Kind=Motor): ${problem}`,
    });
    expect(status['reason']).toBeUndefined();
  });

  it('a number that the field cannot hold is told when the object is made', () => {
    expect(refused(configuration({ size: 1.5 }))).toMatchObject({
      message:
        'failed to convert new object (/m; test.dev/v1, Kind=Motor) to proper version: unable to convert unstructured object to test.dev/v1, Kind=Motor: cannot convert float64 to int32',
    });
  });
});

describe('kubectl, which applied on its own side before', () => {
  const last = (spec: object) =>
    `${JSON.stringify({ apiVersion: 'test.dev/v1', kind: 'Motor', metadata: { name: 'm' }, spec })}\n`;
  const clientSide = (annotated: string) => {
    const m = motorFields();
    const next = motor({ size: 1, speed: 1 }, { annotations: { [annotation]: annotated } });
    return { m, live: kept(m.fields.update(undefined, next, 'kubectl-client-side-apply')) };
  };

  it('takes what still is as it had left it, and keeps the annotation in step', () => {
    const { m, live } = clientSide(last({ size: 1 }));
    const applied = m.fields.apply(live, configuration({ size: 2 }), 'kubectl', false);
    expect(applied.spec).toEqual({ size: 2, speed: 1 });
    expect(applied.metadata.annotations).toEqual({ [annotation]: last({ size: 2 }) });
    expect(live.metadata.annotations).toEqual({ [annotation]: last({ size: 1 }) });
  });

  it('conflicts about all else', () => {
    const { m, live } = clientSide(last({ size: 1, speed: 5 }));
    expect(thrown(() => m.fields.apply(live, configuration({ size: 2, speed: 2 }), 'kubectl', false))).toMatchObject({
      message: 'Apply failed with 1 conflict: conflict with "kubectl-client-side-apply" using test.dev/v1: .spec.speed',
    });
  });

  it.each(['', 'no JSON', 'null', '{"apiVersion":"test.dev/v0"}', '{"apiVersion":"test.dev/v1","spec":7}'])(
    'forgives nothing by the annotation %j',
    (annotated) => {
      const { m, live } = clientSide(annotated);
      expect(thrown(() => m.fields.apply(live, configuration({ size: 2 }), 'kubectl', false))).toMatchObject({
        code: 409,
      });
    },
  );

  it('is nothing special under another name', () => {
    const { m, live } = clientSide(last({ size: 1 }));
    expect(thrown(() => m.fields.apply(live, configuration({ size: 2 }), 'other', false))).toMatchObject({ code: 409 });
    const same = m.fields.apply(live, configuration({ size: 1 }), 'other', false);
    expect(same.metadata.annotations).toEqual({ [annotation]: last({ size: 1 }) });
  });

  it('drops the annotation when annotations would become too large', () => {
    const { m, live } = clientSide(last({ size: 1 }));
    const colors = { c: 'x'.repeat(256 * 1024) };
    const applied = m.fields.apply(live, configuration({ size: 1, colors }), 'kubectl', false);
    expect(applied.metadata.annotations).toEqual({});
  });
});
