import { fieldErrorText, type KubernetesObject, type Status } from '@orlop/apimachinery';
import type { Deployment } from '@orlop/kubernetes-schema/apps/v1';
import type { CreateOptions, ResourceStore } from '@orlop/rest';
import { encode } from '@orlop/schema';
import { describe, expect, it } from 'vitest';
import { createDeploymentStorage, type DeploymentRollback, deployment } from '../src/deployment/index.ts';
import { deploymentStatusStrategy } from '../src/deployment/strategy.ts';
import { context, minimal, read, stored, update } from './support.ts';

const web = () => stored(deployment, minimal('Deployment'));

describe('defaults', () => {
  it('fill in a minimal deployment exactly as the server does', () => {
    expect(JSON.parse(encode(deployment.type, web())).spec).toEqual({
      replicas: 1,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: {
          containers: [
            {
              name: 'web',
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
        },
      },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' } },
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
    });
  });

  it('are not filled in twice', () => {
    const once = web();
    const twice = structuredClone(once);
    deployment.defaults?.(twice);
    deployment.normalize?.(twice);
    expect(twice).toEqual(once);
  });
});

describe('rollback annotation', () => {
  const annotated = (text: string) =>
    read(deployment, minimal('Deployment', {}, { annotations: { 'deprecated.deployment.rollback.to': text } }));

  it.each([
    ['007', '7'],
    ['+5', '5'],
    ['-3', '-3'],
    ['', undefined],
  ])('%j is kept as %j', (text, kept) => {
    expect(annotated(text).metadata.annotations?.['deprecated.deployment.rollback.to']).toBe(kept);
  });

  it('makes a deployment unreadable when it is no number', () => {
    expect(() => annotated('x')).toThrow(
      'Deployment in version "v1" cannot be handled as a Deployment: failed to parse annotation[deprecated.deployment.rollback.to]=x as int64: strconv.ParseInt: parsing "x": invalid syntax',
    );
    expect(() => annotated('99999999999999999999')).toThrow('value out of range');
  });

  it('is checked as part of the spec', () => {
    const errors = deployment.strategy.validate(context, annotated('-3'));
    expect(errors.map(fieldErrorText)).toEqual([
      'spec.rollback.version: Invalid value: -3: must be greater than or equal to 0',
    ]);
  });
});

describe('generation', () => {
  const cases: readonly (readonly [string, (object: Deployment) => void, number])[] = [
    ['the spec', ({ spec }) => Object.assign(spec, { replicas: 3 }), 2],
    ['an annotation', ({ metadata }) => Object.assign(metadata, { annotations: { a: 'b' } }), 2],
    ['a label', ({ metadata }) => Object.assign(metadata, { labels: { a: 'b' } }), 1],
    ['the status', ({ status }) => Object.assign(status, { replicas: 9 }), 1],
    ['nothing', () => undefined, 1],
    ['the spelling of a default', ({ spec }) => delete spec.replicas, 1],
  ];
  it.each(cases)('after a change of %s', (_what, change, generation) => {
    expect(update(deployment, web(), change).generation).toBe(generation);
  });

  it('is 1 at first, and the status is empty', () => {
    const fresh = stored(deployment, { ...minimal('Deployment', {}, { generation: 7 }), status: { replicas: 3 } });
    expect(fresh.metadata.generation).toBe(1);
    expect(fresh.status).toEqual({});
  });
});

describe('updates', () => {
  it('leave the status and the selector alone', () => {
    const old = web();
    const { object, errors } = update(deployment, old, (changed) => {
      changed.status.replicas = 4;
      changed.spec.selector = { matchLabels: { app: 'web', tier: 'x' } };
      changed.spec.template.metadata.labels = { app: 'web', tier: 'x' };
    });
    expect(object.status).toEqual({});
    expect(errors).toEqual([
      'spec.selector: Invalid value: {"matchLabels":{"app":"web","tier":"x"}}: field is immutable',
    ]);
  });

  it('warn only when the generation moves', () => {
    const env = [
      { name: 'A', value: '1' },
      { name: 'A', value: '2' },
    ];
    const old = web();
    old.spec.template.spec.containers![0]!.env = env;
    expect(update(deployment, old, ({ metadata }) => Object.assign(metadata, { labels: { a: 'b' } })).warnings).toEqual(
      [],
    );
    expect(update(deployment, old, ({ spec }) => Object.assign(spec, { paused: true })).warnings).toEqual([
      'spec.template.spec.containers[0].env[1]: hides previous definition of "A", which may be dropped when using apply',
    ]);
  });

  it('tolerate what was there before rules became stricter', () => {
    const old = web();
    old.spec.template.spec.tolerations = [{ key: 'a', operator: 'Gt', value: '5' }];
    expect(update(deployment, old, ({ spec }) => Object.assign(spec, { replicas: 2 })).errors).toEqual([]);
    const fresh = update(deployment, web(), ({ spec }) => {
      spec.template.spec.tolerations = [{ key: 'a', operator: 'Gt', value: '5' }];
    });
    expect(fresh.errors).toEqual([
      'spec.template.spec.tolerations[0].operator: Unsupported value: "Gt": supported values: "Equal", "Exists", "Lt", "Gt"',
    ]);
  });

  it('drop fields of closed gates unless they were there', () => {
    const old = web();
    const add = ({ spec }: Deployment) => {
      spec.template.spec.containers![0]!.lifecycle = { stopSignal: 'SIGTERM' };
    };
    expect(update(deployment, old, add).object.spec.template.spec.containers![0]!.lifecycle).toBeUndefined();
    add(old);
    expect(update(deployment, old, () => undefined).object.spec.template.spec.containers![0]!.lifecycle).toEqual({
      stopSignal: 'SIGTERM',
    });
  });
});

describe('/status', () => {
  it('keeps spec and labels, takes annotations, and never moves the generation', () => {
    const old = web();
    const { object, generation, errors } = update(
      deployment,
      old,
      (changed) => {
        changed.spec.replicas = 9;
        changed.metadata.labels = { a: 'b' };
        changed.metadata.annotations = { c: 'd' };
        changed.status = { replicas: 3, readyReplicas: 2, availableReplicas: 1 };
      },
      deploymentStatusStrategy,
    );
    expect(errors).toEqual([]);
    expect(generation).toBe(1);
    expect(object.spec.replicas).toBe(1);
    expect(object.metadata.labels).toBeUndefined();
    expect(object.metadata.annotations).toEqual({ c: 'd' });
    expect(object.status.replicas).toBe(3);
  });

  it('counts', () => {
    const old = web();
    old.status.collisionCount = 2;
    const status = { replicas: 1, updatedReplicas: 2, readyReplicas: 1, availableReplicas: 3, unavailableReplicas: -1 };
    const { errors } = update(
      deployment,
      old,
      (changed) => Object.assign(changed, { status }),
      deploymentStatusStrategy,
    );
    expect(errors).toEqual([
      'status.unavailableReplicas: Invalid value: -1: must be greater than or equal to 0',
      'status.updatedReplicas: Invalid value: 2: cannot be greater than status.replicas',
      'status.availableReplicas: Invalid value: 3: cannot be greater than status.replicas',
      'status.availableReplicas: Invalid value: 3: cannot be greater than readyReplicas',
      'status.collisionCount: Invalid value: 0: cannot be decremented',
    ]);
  });
});

describe('rollback', () => {
  /** Holds one deployment; `mutate` is all that a rollback asks for. */
  function storageOf(object: Deployment) {
    const store = {
      kind: { group: 'apps', version: 'v1', kind: 'Deployment' },
      withUpdateStrategy: () => store,
      async mutate(
        _context: unknown,
        _name: string,
        change: (object: Deployment) => void,
        options: { dryRun: boolean },
      ) {
        const copy = structuredClone(object);
        change(copy);
        if (!options.dryRun) Object.assign(object, copy);
      },
    } as unknown as ResourceStore<Deployment>;
    return createDeploymentStorage(store);
  }

  const options: CreateOptions = { dryRun: false, fieldManager: '', fieldValidation: 'Warn' };
  const wish = (more: Partial<DeploymentRollback> = {}): DeploymentRollback => ({
    apiVersion: 'apps/v1beta1',
    kind: 'DeploymentRollback',
    metadata: {},
    name: 'web',
    rollbackTo: { revision: 3 },
    ...more,
  });
  const allow = () => undefined;

  it('records the revision and annotations past the strategy', async () => {
    const object = web();
    const { rollback } = storageOf(object);
    const answer = await rollback.createNamed(context, 'web', wish({ updatedAnnotations: { a: 'b' } }), allow, options);
    expect((answer as Status).message).toBe('rollback request for deployment "web" succeeded');
    expect((answer as Status).code).toBe(200);
    expect(object.metadata.annotations).toEqual({ a: 'b', 'deprecated.deployment.rollback.to': '3' });
    expect(object.metadata.generation).toBe(1);
  });

  it('changes nothing on a dry run, and nothing when admission refuses', async () => {
    const object = web();
    const { rollback } = storageOf(object);
    await rollback.createNamed(context, 'web', wish(), allow, { ...options, dryRun: true });
    const refuse = (_object: KubernetesObject) => {
      throw new Error('refused');
    };
    await expect(rollback.createNamed(context, 'web', wish(), refuse, options)).rejects.toThrow('refused');
    expect(object.metadata.annotations).toBeUndefined();
  });

  it('wants the name of the path, and a revision from 0 on', async () => {
    const { rollback } = storageOf(web());
    await expect(rollback.createNamed(context, 'other', wish(), allow, options)).rejects.toThrow(
      'name in URL does not match name in DeploymentRollback object',
    );
    await expect(
      rollback.createNamed(context, 'web', wish({ name: '', rollbackTo: { revision: -1 } }), allow, options),
    ).rejects.toThrow(
      'DeploymentRollback.apps "" is invalid: [name: Required value, rollback.version: Invalid value: -1: must be greater than or equal to 0]',
    );
  });
});

describe('columns', () => {
  it('show what kubectl shows', () => {
    const object = web();
    object.spec.replicas = 3;
    object.status = { replicas: 3, readyReplicas: 1, updatedReplicas: 2, availableReplicas: 1 };
    const now = Date.parse('2026-01-03T03:00:00Z');
    expect(deployment.columns.map((column) => column.cell(object, now))).toEqual([
      'web',
      '1/3',
      2,
      1,
      '2d3h',
      'web',
      'nginx:1.27',
      'app=web',
    ]);
  });
});
