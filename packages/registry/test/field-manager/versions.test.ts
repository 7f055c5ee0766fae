import { apiVersionOf, isConflict, type KubernetesObject, statusOf } from '@orlop/apimachinery';
import { envelopeProperties, type KindVersions } from '@orlop/rest';
import { compileSchema, normalize, type TypeNode } from '@orlop/schema';
import { describe, expect, it } from 'vitest';
import { createFieldManager } from '../../src/index.ts';
import {
  admitAll,
  bench,
  create,
  type Gadget,
  gadgetType,
  patch,
  request,
  update,
  writing,
} from '../support/gadgets.ts';
import { ownerText } from '../support/motors.ts';

/** In v2, `spec.size` is `spec.count`. */
const typeOfV2 = compileSchema({
  type: 'object',
  properties: {
    ...envelopeProperties,
    spec: { type: 'object', properties: { count: { type: 'integer' }, graceSeconds: { type: 'integer' } } },
    status: { type: 'object', properties: { phase: { type: 'string' } } },
  },
});

const v1 = apiVersionOf('test.dev', 'v1');
const v2 = apiVersionOf('test.dev', 'v2');
const types: Readonly<Record<string, TypeNode>> = { [v1]: gadgetType, [v2]: typeOfV2 };

interface Renamed {
  readonly size?: number;
  readonly count?: number;
}

function convert(object: KubernetesObject, _from: string, to: string): KubernetesObject {
  const { spec, ...rest } = object as KubernetesObject & { readonly spec?: Renamed };
  const renamed: Record<string, unknown> = { ...spec };
  const value = spec?.size ?? spec?.count;
  delete renamed['size'];
  delete renamed['count'];
  if (value !== undefined) renamed[to === v1 ? 'size' : 'count'] = value;
  return { ...rest, apiVersion: to, ...(spec === undefined ? {} : { spec: renamed }) } as KubernetesObject;
}

const other = (apiVersion: string): string => (apiVersion === v1 ? v2 : v1);
const versionsBeside = (apiVersion: string): KindVersions => ({
  others: new Map([[other(apiVersion), { type: types[other(apiVersion)]!, resetFields: ['status'] }]]),
  convert,
});

/** A store of v1, and writes to it through paths of both versions. */
function twoVersions() {
  const b = bench();
  function path(apiVersion: string, versions: KindVersions | undefined = versionsBeside(apiVersion)) {
    const type = types[apiVersion]!;
    const kind = { group: 'test.dev', version: apiVersion === v1 ? 'v1' : 'v2', kind: 'Gadget' };
    const endpoint = { kind, type, subresource: '', resetFields: ['status'], versions, complete() {} };
    const fields = createFieldManager(endpoint, b.runtime);
    const named = { apiVersion, kind: 'Gadget', metadata: { name: 'a', namespace: 'ns' } };
    const seen = (object: Gadget): KubernetesObject => (apiVersion === v1 ? object : convert(object, v1, apiVersion));
    const stored = (object: KubernetesObject): Gadget =>
      structuredClone(apiVersion === v1 ? object : convert(object, apiVersion, v1)) as Gadget;
    return {
      create: (spec: object, manager: string) => {
        const next = normalize(type, { ...named, spec }) as KubernetesObject;
        return create(b, stored(fields.update(undefined, next, manager)));
      },
      change: (spec: object, manager: string) =>
        update(b, 'a', {
          preconditions: undefined,
          async updatedObject(context, old) {
            const live = seen(old!.object);
            const next = stored(fields.update(live, { ...live, spec } as KubernetesObject, manager));
            return patch((object) => Object.assign(object, next)).updatedObject(context, old);
          },
        }),
      apply: (spec: object, manager: string, force = false) =>
        b.store.update(
          request(),
          'a',
          {
            preconditions: undefined,
            async updatedObject(_context, old) {
              const live = old === undefined ? undefined : seen(old.object);
              return stored(fields.apply(live, { ...named, spec }, manager, force));
            },
          },
          admitAll,
          admitAll,
          true,
          writing(),
        ),
    };
  }
  return {
    v1: path(v1),
    v2: path(v2),
    path,
    async state() {
      const { spec, metadata } = (await b.live('a'))!;
      const owners = (metadata.managedFields ?? []).map(
        (entry) => `${entry.apiVersion!.slice(-2)} ${ownerText(entry)}`,
      );
      return [spec, ...owners.map((text) => text.replace(/ \d+:/, ':'))];
    },
  };
}

describe('managers of two versions of a kind', () => {
  it('keep what they own, each in the terms of its version', async () => {
    const g = twoVersions();
    await g.v1.create({ size: 1, graceSeconds: 5 }, 'alice');
    await g.v2.change({ count: 1, graceSeconds: 6 }, 'bob');
    expect(await g.state()).toEqual([
      { size: 1, graceSeconds: 6 },
      'v1 alice Update: {"f:spec":{".":{},"f:size":{}}}',
      'v2 bob Update: {"f:spec":{"f:graceSeconds":{}}}',
    ]);
    await g.v2.change({ count: 2, graceSeconds: 6 }, 'bob');
    expect((await g.state()).slice(1)).toEqual([
      'v1 alice Update: {"f:spec":{}}',
      'v2 bob Update: {"f:spec":{"f:count":{},"f:graceSeconds":{}}}',
    ]);
  });

  it('conflict in the terms of the owner', async () => {
    const g = twoVersions();
    await g.v1.apply({ size: 1 }, 'alice');
    const failure = await g.v2.apply({ count: 2 }, 'bob').catch((error: unknown) => error);
    expect(isConflict(failure)).toBe(true);
    const conflict = { field: '.spec.size', message: 'conflict with "alice"' };
    expect(statusOf(failure).details?.causes).toMatchObject([conflict]);
    await g.v2.apply({ count: 2 }, 'bob', true);
    expect(await g.state()).toEqual([{ size: 2 }, 'v2 bob Apply: {"f:spec":{"f:count":{}}}']);
  });

  it('who applies in another version than last time is the same applier, and loses what it leaves out', async () => {
    const g = twoVersions();
    await g.v1.apply({ size: 1, graceSeconds: 5 }, 'alice');
    await g.v2.apply({ graceSeconds: 5 }, 'alice');
    expect(await g.state()).toEqual([{ graceSeconds: 5 }, 'v2 alice Apply: {"f:spec":{"f:graceSeconds":{}}}']);
    await g.v1.apply({ size: 3 }, 'alice');
    expect(await g.state()).toEqual([{ size: 3 }, 'v1 alice Apply: {"f:spec":{"f:size":{}}}']);
  });

  it('what another manager owns in its version stays when it is left out', async () => {
    const g = twoVersions();
    await g.v1.apply({ size: 1, graceSeconds: 5 }, 'alice');
    await g.v2.apply({ count: 1 }, 'bob');
    await g.v1.apply({ graceSeconds: 5 }, 'alice');
    expect(await g.state()).toEqual([
      { size: 1, graceSeconds: 5 },
      'v2 bob Apply -: {"f:spec":{"f:count":{}}}',
      'v1 alice Apply: {"f:spec":{"f:graceSeconds":{}}}',
    ]);
  });

  it('of a version that is gone are dropped by the next write of anybody', async () => {
    const g = twoVersions();
    await g.v2.create({ count: 1 }, 'alice');
    const alone = g.path(v1, { others: new Map(), convert });
    await alone.change({ size: 1, graceSeconds: 5 }, 'bob');
    expect((await g.state()).slice(1)).toEqual(['v1 bob Update: {"f:spec":{"f:graceSeconds":{}}}']);
    await g.v2.create({ count: 1 }, 'alice').catch(() => undefined);
    await g.path(v1, undefined).apply({ size: 9 }, 'carol');
    expect((await g.state()).at(0)).toEqual({ size: 9, graceSeconds: 5 });
  });
});
