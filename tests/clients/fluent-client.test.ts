import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { K8s, kind, WatchEvent } from 'kubernetes-fluent-client';
import { kubeconfigText } from 'orlop';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTestServer, type TestServer } from '../server/start-test-server.ts';

/** The client of Pepr, unchanged. It applies on the server's side, always as the manager `pepr`. */
describe('kubernetes-fluent-client', () => {
  const namespace = 'default';
  const folder = mkdtempSync(join(tmpdir(), 'orlop-fluent-'));
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer();
    const kubeconfig = join(folder, 'config');
    writeFileSync(kubeconfig, kubeconfigText(server.url));
    // It has no other way to be told of a server.
    vi.stubEnv('KUBECONFIG', kubeconfig);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const managers = ({ metadata }: kind.GenericKind): readonly string[] =>
    (metadata?.managedFields ?? []).map(({ manager, operation }) => `${manager} ${operation}`);
  const web = (replicas: number) => ({
    metadata: { name: 'web', namespace },
    spec: {
      replicas,
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'nginx' }] } },
    },
  });
  const configMap = (name: string, data: Record<string, string>) => ({ metadata: { name, namespace }, data });

  it('applies: creates, changes, and takes away what is no longer said', async () => {
    const created = await K8s(kind.ConfigMap).Apply(configMap('applied', { a: '1', b: '2' }));
    expect(created.data).toEqual({ a: '1', b: '2' });
    expect(managers(created)).toEqual(['pepr Apply']);
    const changed = await K8s(kind.ConfigMap).Apply(configMap('applied', { a: '3' }));
    expect(changed.data).toEqual({ a: '3' });
    expect(changed.metadata?.uid).toBe(created.metadata?.uid);
    const again = await K8s(kind.ConfigMap).Apply(configMap('applied', { a: '3' }));
    expect(again.metadata?.resourceVersion).toBe(changed.metadata?.resourceVersion);
  });

  it('applies objects with defaults', async () => {
    const created = await K8s(kind.Deployment).Apply(web(2));
    expect(created.spec?.strategy?.type).toBe('RollingUpdate');
    expect(created.metadata?.generation).toBe(1);
    expect((await K8s(kind.Deployment).Apply(web(3))).metadata?.generation).toBe(2);
  });

  it('is told of a conflict, and wins it by force', async () => {
    const body = configMap('contested', { owner: 'creator', other: 'creator' });
    const created = await K8s(kind.ConfigMap).Create(body);
    const [creator] = created.metadata!.managedFields!;
    expect(creator?.operation).toBe('Update');
    const mine = configMap('contested', { owner: 'pepr' });
    await expect(K8s(kind.ConfigMap).Apply(mine, { force: false })).rejects.toMatchObject({
      status: 409,
      data: {
        reason: 'Conflict',
        message: `Apply failed with 1 conflict: conflict with "${creator!.manager}" using v1: .data.owner`,
        details: { causes: [{ reason: 'FieldManagerConflict', field: '.data.owner' }] },
      },
    });
    expect((await K8s(kind.ConfigMap).InNamespace(namespace).Get('contested')).data?.['owner']).toBe('creator');
    const won = await K8s(kind.ConfigMap).Apply(mine, { force: true });
    expect(won.data).toEqual({ owner: 'pepr', other: 'creator' });
    expect(managers(won)).toEqual(['pepr Apply', `${creator!.manager} Update`]);
  });

  it('applies strictly', async () => {
    const wrong = { ...configMap('strict', {}), datum: { a: '1' } };
    await expect(K8s(kind.ConfigMap).Apply(wrong)).rejects.toMatchObject({
      status: 500,
      data: { message: expect.stringMatching(/\.datum: field not declared in schema$/) },
    });
  });

  it('creates, gets, lists by label and field, and deletes', async () => {
    for (const tier of ['front', 'back']) {
      const created = await K8s(kind.Secret).Create({
        metadata: { name: tier, namespace, labels: { tier } },
        stringData: { tier },
      });
      expect(created.data).toEqual({ tier: Buffer.from(tier).toString('base64') });
    }
    await expect(K8s(kind.Secret).Create({ metadata: { name: 'front', namespace } })).rejects.toMatchObject({
      status: 409,
      data: { reason: 'AlreadyExists' },
    });
    const names = ({ items }: { items: readonly kind.Secret[] }) => items.map(({ metadata }) => metadata?.name);
    const secrets = () => K8s(kind.Secret).InNamespace(namespace);
    expect(names(await secrets().Get())).toEqual(['back', 'front']);
    expect(names(await secrets().WithLabel('tier', 'back').Get())).toEqual(['back']);
    expect(names(await secrets().WithField('metadata.name', 'front').Get())).toEqual(['front']);
    await secrets().Delete('front');
    // Deleting what is gone is no error to it.
    await secrets().Delete('front');
    await expect(secrets().Get('front')).rejects.toMatchObject({ status: 404, data: { reason: 'NotFound' } });
  });

  it('patches, scales, and patches the status', async () => {
    await K8s(kind.Deployment).Apply(web(2), { force: true });
    const named = { namespace, name: 'web' };
    const patched = await K8s(kind.Deployment, named).Patch([
      { op: 'test', path: '/spec/replicas', value: 2 },
      { op: 'add', path: '/spec/template/metadata/labels/tier', value: 'front' },
    ]);
    expect(patched.spec?.template.metadata?.labels).toEqual({ app: 'web', tier: 'front' });
    await K8s(kind.Deployment).InNamespace(namespace).Scale(6, 'web');
    const status = { observedGeneration: 4, replicas: 6 };
    const settled = await K8s(kind.Deployment).PatchStatus({ metadata: { name: 'web', namespace }, status });
    expect(settled.spec?.replicas).toBe(6);
    expect(settled.status).toMatchObject(status);
    const places = settled.metadata?.managedFields?.map(({ operation, subresource = '' }) => [operation, subresource]);
    expect(places).toEqual([
      ['Apply', ''],
      ['Update', 'scale'],
      ['Update', ''],
      ['Update', 'status'],
    ]);
  });

  it('adds and takes a finalizer', async () => {
    const [gate, name] = ['orlop.dev/gate', 'held'];
    const { metadata } = await K8s(kind.ConfigMap).Apply(configMap(name, {}));
    await K8s(kind.ConfigMap).InNamespace(namespace).Finalize('add', gate, name);
    await K8s(kind.ConfigMap).InNamespace(namespace).Delete(name);
    const held = await K8s(kind.ConfigMap).InNamespace(namespace).Get(name);
    expect(held.metadata).toMatchObject({ uid: metadata!.uid, finalizers: [gate] });
    expect(held.metadata?.deletionTimestamp).toBeDefined();
    await K8s(kind.ConfigMap).InNamespace(namespace).Finalize('remove', gate, name);
    await expect(K8s(kind.ConfigMap).InNamespace(namespace).Get(name)).rejects.toMatchObject({ status: 404 });
  });

  it('watches what is there and what comes', async () => {
    await K8s(kind.ServiceAccount).Create({ metadata: { name: 'before', namespace } });
    const seen: string[] = [];
    const until = async (...wanted: readonly string[]): Promise<void> => {
      for (let i = 0; i < 200 && seen.length < wanted.length; i++) await sleep(20);
      expect(seen).toEqual(wanted);
    };
    const watcher = K8s(kind.ServiceAccount)
      .InNamespace(namespace)
      .Watch(({ metadata }, phase) => {
        seen.push(`${phase} ${metadata?.name}`);
      });
    let connected = 0;
    watcher.events.on(WatchEvent.CONNECT, () => connected++);
    await watcher.start();
    await until('ADDED before');
    await K8s(kind.ServiceAccount).Apply({ metadata: { name: 'during', namespace } });
    await until('ADDED before', 'ADDED during');
    await K8s(kind.ServiceAccount).Apply({ metadata: { name: 'during', namespace, labels: { a: 'b' } } });
    await K8s(kind.ServiceAccount).InNamespace(namespace).Delete('before');
    await until('ADDED before', 'ADDED during', 'MODIFIED during', 'DELETED before');
    watcher.close();
    expect(connected).toBe(1);
  });
});
