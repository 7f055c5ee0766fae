import type { KubernetesObject } from '@orlop/apimachinery';
import type { DaemonSet, ReplicaSet, StatefulSet } from '@orlop/kubernetes-schema/apps/v1';
import type { ResourceBody } from '@orlop/rest';
import { decodeValue } from '@orlop/schema';
import { describe, expect, it } from 'vitest';
import { controllerRevision } from '../src/controller-revision/index.ts';
import { daemonSet } from '../src/daemon-set/index.ts';
import { daemonSetStatusStrategy } from '../src/daemon-set/strategy.ts';
import { deployment } from '../src/deployment/index.ts';
import { replicaSet } from '../src/replica-set/index.ts';
import { replicaSetStatusStrategy } from '../src/replica-set/strategy.ts';
import { statefulSet } from '../src/stateful-set/index.ts';
import { minimal, stored, update } from './support.ts';

const generationKey = 'deprecated.daemonset.template.generation';

it('an empty workload, which nobody wrote, counts its replicas', () => {
  const empty = <T extends KubernetesObject>({ type, normalize }: ResourceBody<T>): T => {
    const object = decodeValue(type, {}).value as T;
    normalize?.(object);
    return object;
  };
  expect(empty(deployment).spec.replicas).toBe(0);
  expect(empty(replicaSet).spec.replicas).toBe(0);
  expect(empty(statefulSet).spec.replicas).toBe(0);
});

describe('ReplicaSet', () => {
  const fresh = () => stored(replicaSet, minimal('ReplicaSet'));

  it('moves its generation with the spec alone', () => {
    expect(update(replicaSet, fresh(), ({ spec }) => Object.assign(spec, { replicas: 2 })).generation).toBe(2);
    const annotate = ({ metadata }: ReplicaSet) => Object.assign(metadata, { annotations: { a: 'b' } });
    expect(update(replicaSet, fresh(), annotate).generation).toBe(1);
  });

  it('takes labels through /status, but no spec', () => {
    const change = (object: ReplicaSet) => {
      object.spec.replicas = 5;
      object.metadata.labels = { a: 'b' };
      object.status = { replicas: 1, fullyLabeledReplicas: 2 };
    };
    const { object, errors } = update(replicaSet, fresh(), change, replicaSetStatusStrategy);
    expect(object.spec.replicas).toBe(1);
    expect(object.metadata.labels).toEqual({ a: 'b' });
    expect(errors).toEqual(['status.fullyLabeledReplicas: Invalid value: 2: cannot be greater than status.replicas']);
  });
});

describe('DaemonSet', () => {
  const fresh = (annotations?: object) => stored(daemonSet, minimal('DaemonSet', {}, { annotations }));
  const count = ({ metadata }: DaemonSet) => metadata.annotations?.[generationKey];

  it.each([
    [undefined, '1'],
    ['5', '5'],
    ['-3', '1'],
  ])('starts to count templates: %s', (given, kept) => {
    expect(count(fresh(given === undefined ? undefined : { [generationKey]: given }))).toBe(kept);
  });

  it('counts changes of the template, whatever the update says', () => {
    const template = update(daemonSet, fresh(), ({ spec, metadata }) => {
      spec.template.spec.containers![0]!.image = 'nginx:1.28';
      metadata.annotations = { [generationKey]: '90' };
    });
    expect([count(template.object), template.generation, template.errors]).toEqual(['2', 2, []]);
    const other = update(daemonSet, fresh(), ({ spec }) => Object.assign(spec, { minReadySeconds: 5 }));
    expect([count(other.object), other.generation]).toEqual(['1', 2]);
    const status = update(daemonSet, fresh(), ({ metadata }) => delete metadata.annotations, daemonSetStatusStrategy);
    expect([count(status.object), status.generation]).toEqual(['1', 1]);
  });

  it('cannot be read with a count that is no number', () => {
    expect(() => fresh({ [generationKey]: 'x' })).toThrow(
      'DaemonSet in version "v1" cannot be handled as a DaemonSet: strconv.ParseInt: parsing "x": invalid syntax',
    );
  });
});

describe('StatefulSet', () => {
  const claim = {
    metadata: { name: 'data' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  };
  const fresh = (spec: object = {}) => stored(statefulSet, minimal('StatefulSet', { serviceName: 'web', ...spec }));

  it('writes claim templates with their type and defaults', () => {
    expect(fresh({ volumeClaimTemplates: [claim] }).spec.volumeClaimTemplates).toMatchObject([
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        spec: { volumeMode: 'Filesystem' },
        status: { phase: 'Pending' },
      },
    ]);
  });

  it('fills the rolling update only when the strategy is not named', () => {
    expect(fresh().spec.updateStrategy).toEqual({ type: 'RollingUpdate', rollingUpdate: { partition: 0 } });
    expect(fresh({ updateStrategy: { type: 'RollingUpdate' } }).spec.updateStrategy).toEqual({ type: 'RollingUpdate' });
  });

  it('lets claims be mounted, and little of the spec be changed', () => {
    const old = fresh({ volumeClaimTemplates: [claim] });
    old.spec.template.spec.containers![0]!.volumeMounts = [{ name: 'data', mountPath: '/data' }];
    const allowed = ({ spec }: StatefulSet) => Object.assign(spec, { replicas: 3, minReadySeconds: 4 });
    expect(update(statefulSet, old, allowed)).toMatchObject({ errors: [], generation: 2 });
    const service = ({ spec }: StatefulSet) => Object.assign(spec, { serviceName: 'other' });
    expect(update(statefulSet, old, service).errors).toEqual([
      expect.stringContaining("spec: Forbidden: updates to statefulset spec for fields other than 'replicas'"),
    ]);
  });

  it('lets a bad template stay, but adds no other', () => {
    const old = fresh();
    old.spec.template.spec.containers![0]!.name = 'Bad_';
    expect(update(statefulSet, old, ({ spec }) => Object.assign(spec, { replicas: 2 })).errors).toEqual([]);
    const spoil = ({ spec }: StatefulSet) => Object.assign(spec.template.spec.containers![0]!, { name: 'Bad_' });
    expect(update(statefulSet, fresh(), spoil).errors).toHaveLength(1);
  });

  it('drops maxUnavailable while its gate is closed', () => {
    const updateStrategy = { type: 'RollingUpdate', rollingUpdate: { partition: 1, maxUnavailable: 2 } };
    expect(fresh({ updateStrategy }).spec.updateStrategy.rollingUpdate).toEqual({ partition: 1 });
  });
});

describe('ControllerRevision', () => {
  const fresh = (data: unknown) =>
    stored(controllerRevision, {
      apiVersion: 'apps/v1',
      kind: 'ControllerRevision',
      metadata: {
        name: 'web-1',
        namespace: 'ns',
        ownerReferences: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web', uid: 'u', controller: true }],
      },
      data,
      revision: 3,
    });

  it('never changes its data, not even the order of members', () => {
    const old = fresh({ a: 1, b: 2 });
    expect(update(controllerRevision, old, (object) => Object.assign(object, { revision: 9 })).errors).toEqual([]);
    expect(update(controllerRevision, old, (object) => Object.assign(object, { data: { b: 2, a: 1 } })).errors).toEqual(
      ['data: Invalid value: {"b":2,"a":1}: field is immutable'],
    );
  });

  it('shows whose it is', () => {
    const cells = controllerRevision.columns.map(({ cell }) => cell(fresh({}), Date.parse('2026-01-01T00:00:05Z')));
    expect(cells).toEqual(['web-1', 'statefulset.apps/web', 3, '5s']);
  });
});
