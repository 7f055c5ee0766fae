import { setTimeout as sleep } from 'node:timers/promises';
import {
  AppsV1Api,
  CoreV1Api,
  KubeConfig,
  makeInformer,
  PatchStrategy,
  setHeaderOptions,
  Watch,
} from '@kubernetes/client-node';
import { kubeconfigText } from 'orlop';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../server/start-test-server.ts';

/** The JavaScript client of the Kubernetes project, unchanged. */
describe('@kubernetes/client-node', () => {
  const namespace = 'default';
  let server: TestServer;
  let config: KubeConfig;
  let core: CoreV1Api;
  let apps: AppsV1Api;

  beforeAll(async () => {
    server = await startTestServer();
    config = new KubeConfig();
    config.loadFromString(kubeconfigText(server.url));
    core = config.makeApiClient(CoreV1Api);
    apps = config.makeApiClient(AppsV1Api);
  });
  afterAll(() => server?.close());

  const until = async (condition: () => boolean): Promise<void> => {
    for (let i = 0; i < 100 && !condition(); i++) await sleep(20);
    expect(condition()).toBe(true);
  };

  it('creates, reads, replaces, patches and deletes', async () => {
    const body = {
      metadata: { name: 'web' },
      spec: {
        selector: { matchLabels: { app: 'web' } },
        template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'nginx' }] } },
      },
    };
    const created = await apps.createNamespacedDeployment({ namespace, body });
    expect(created.spec?.replicas).toBe(1);
    created.spec!.replicas = 4;
    const replaced = await apps.replaceNamespacedDeployment({ namespace, name: 'web', body: created });
    expect(replaced.metadata?.generation).toBe(2);
    const patch = [{ op: 'replace', path: '/spec/replicas', value: 2 }];
    const patched = await apps.patchNamespacedDeployment(
      { namespace, name: 'web', body: patch },
      setHeaderOptions('Content-Type', PatchStrategy.JsonPatch),
    );
    expect(patched.spec?.replicas).toBe(2);
    const scale = await apps.readNamespacedDeploymentScale({ namespace, name: 'web' });
    expect(scale.spec?.replicas).toBe(2);
    await apps.deleteNamespacedDeployment({ namespace, name: 'web' });
    await expect(apps.readNamespacedDeployment({ namespace, name: 'web' })).rejects.toMatchObject({ code: 404 });
  });

  it('gets a conflict for a stale update', async () => {
    const body = { metadata: { name: 'stale' }, data: { n: '1' } };
    const old = await core.createNamespacedConfigMap({ namespace, body });
    await core.replaceNamespacedConfigMap({ namespace, name: 'stale', body: { ...old, data: { n: '2' } } });
    await expect(
      core.replaceNamespacedConfigMap({ namespace, name: 'stale', body: { ...old, data: { n: '3' } } }),
    ).rejects.toMatchObject({ code: 409 });
  });

  it('pages through a list', async () => {
    for (let i = 0; i < 7; i++) {
      await core.createNamespacedSecret({
        namespace,
        body: { metadata: { name: `s${i}` }, stringData: { i: String(i) } },
      });
    }
    const names: (string | undefined)[] = [];
    let token: string | undefined;
    do {
      const page = await core.listNamespacedSecret({ namespace, limit: 3, ...(token ? { _continue: token } : {}) });
      names.push(...page.items.map((secret) => secret.metadata?.name));
      token = page.metadata?._continue;
    } while (token);
    expect(names).toEqual(['s0', 's1', 's2', 's3', 's4', 's5', 's6']);
  });

  it('watches', async () => {
    const seen: string[] = [];
    const { metadata } = await core.listNamespacedConfigMap({ namespace });
    const controller = await new Watch(config).watch(
      `/api/v1/namespaces/${namespace}/configmaps`,
      { resourceVersion: metadata!.resourceVersion },
      (phase, object: { metadata: { name: string } }) => seen.push(`${phase} ${object.metadata.name}`),
      () => {},
    );
    await core.createNamespacedConfigMap({ namespace, body: { metadata: { name: 'seen' } } });
    await core.deleteNamespacedConfigMap({ namespace, name: 'seen' });
    await until(() => seen.length === 2);
    expect(seen).toEqual(['ADDED seen', 'DELETED seen']);
    controller.abort();
  });

  it('keeps an informer true', async () => {
    await core.createNamespacedServiceAccount({ namespace, body: { metadata: { name: 'before' } } });
    const informer = makeInformer(config, `/api/v1/namespaces/${namespace}/serviceaccounts`, () =>
      core.listNamespacedServiceAccount({ namespace }),
    );
    const names = (): string[] =>
      informer
        .list()
        .map((account) => account.metadata!.name!)
        .sort();
    await informer.start();
    await core.createNamespacedServiceAccount({ namespace, body: { metadata: { name: 'during' } } });
    await until(() => names().join() === 'before,during');
    await core.deleteNamespacedServiceAccount({ namespace, name: 'before' });
    await until(() => names().join() === 'during');
    await informer.stop();
  });
});
