import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { AppsV1Api, CoreV1Api, KubeConfig, PatchStrategy, setHeaderOptions } from '@kubernetes/client-node';
import { kubeconfigText } from 'orlop';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../server/start-test-server.ts';
import { type Helm, helmFor } from './run-helm.ts';

/**
 * Helm 4 as it is, with a chart of four objects. It writes by server-side apply unless told otherwise and keeps releases
 * as Secrets. The expected texts are those that it prints with kube-apiserver 1.36.
 */
const chart = fileURLToPath(new URL('./chart', import.meta.url));
const namespace = 'default';
let server: TestServer;
let helm: Helm;
let apps: AppsV1Api;
let core: CoreV1Api;

beforeAll(async () => {
  server = await startTestServer();
  helm = helmFor(server.url);
  const config = new KubeConfig();
  config.loadFromString(kubeconfigText(server.url));
  apps = config.makeApiClient(AppsV1Api);
  core = config.makeApiClient(CoreV1Api);
});
afterAll(async () => {
  helm?.close();
  await server?.close();
});

const deployment = () => apps.readNamespacedDeployment({ namespace, name: 'front-web' });
const replicas = async (): Promise<number | undefined> => (await deployment()).spec?.replicas;
const releases = async (): Promise<readonly string[]> => {
  const labelSelector = 'owner=helm,name=front';
  const { items } = await core.listNamespacedSecret({ namespace, labelSelector });
  return items.map(({ metadata, type }) => `${metadata?.labels?.['version']} ${metadata?.labels?.['status']} ${type}`);
};
/** Someone else sets the size. */
const resize = (size: number) =>
  apps.patchNamespacedDeployment(
    { namespace, name: 'front-web', body: { spec: { replicas: size } }, fieldManager: 'autoscaler' },
    setHeaderOptions('Content-Type', PatchStrategy.MergePatch),
  );

/** The steps of one release, in order: each stands on the one before. */
describe('a release, by server-side apply', () => {
  it('is installed', async () => {
    const said = await helm(`install front ${chart}`);
    expect(said).toContain('STATUS: deployed\nREVISION: 1\nDESCRIPTION: Install complete');
    expect(said).toContain('front-web answers on port 80 with 2 replicas.');
    expect(await releases()).toEqual(['1 deployed helm.sh/release.v1']);
    expect(await replicas()).toBe(2);
    const service = await core.readNamespacedService({ namespace, name: 'front-web' });
    expect(service.spec?.clusterIP).toMatch(/^10\.0\.0\./);
    const settings = await core.readNamespacedConfigMap({ namespace, name: 'front-web' });
    expect(settings.data).toEqual({ greeting: 'hello', colour: 'blue', size: 'small' });
    const secret = await core.readNamespacedSecret({ namespace, name: 'front-web' });
    expect(Buffer.from(secret.data!['key']!, 'base64').toString()).toBe('secret-of-the-sea');
  });

  it('is what helm owns, field by field', async () => {
    const { metadata } = await deployment();
    expect(metadata?.managedFields).toHaveLength(1);
    const { manager, operation, apiVersion, subresource, fieldsV1 } = metadata!.managedFields![0]!;
    expect({ manager, operation, apiVersion, subresource }).toEqual({
      manager: 'helm',
      operation: 'Apply',
      apiVersion: 'apps/v1',
    });
    const { 'f:metadata': ofMetadata, 'f:spec': ofSpec } = fieldsV1 as Record<string, Record<string, unknown>>;
    expect(ofMetadata).toEqual({
      'f:annotations': { 'f:meta.helm.sh/release-name': {}, 'f:meta.helm.sh/release-namespace': {} },
      'f:labels': {
        'f:app.kubernetes.io/instance': {},
        'f:app.kubernetes.io/managed-by': {},
        'f:app.kubernetes.io/name': {},
        'f:app.kubernetes.io/version': {},
      },
    });
    expect(ofSpec).toEqual({
      'f:replicas': {},
      'f:selector': {},
      'f:template': {
        'f:metadata': {
          'f:annotations': { 'f:checksum/settings': {} },
          'f:labels': { 'f:app.kubernetes.io/instance': {}, 'f:app.kubernetes.io/name': {} },
        },
        'f:spec': {
          'f:containers': {
            'k:{"name":"web"}': {
              '.': {},
              'f:env': {
                'k:{"name":"KEY"}': { '.': {}, 'f:name': {}, 'f:valueFrom': { 'f:secretKeyRef': {} } },
              },
              'f:envFrom': {},
              'f:image': {},
              'f:name': {},
              'f:ports': {
                'k:{"containerPort":80,"protocol":"TCP"}': { '.': {}, 'f:containerPort': {}, 'f:name': {} },
              },
              'f:resources': { 'f:requests': { 'f:cpu': {}, 'f:memory': {} } },
            },
          },
        },
      },
    });
  });

  it('is kept whole in a Secret', async () => {
    const secret = await core.readNamespacedSecret({ namespace, name: 'sh.helm.release.v1.front.v1' });
    const packed = Buffer.from(Buffer.from(secret.data!['release']!, 'base64').toString(), 'base64');
    const release = JSON.parse(gunzipSync(packed).toString()) as { name: string; info: { status: string } };
    expect(release).toMatchObject({ name: 'front', version: 1, info: { status: 'deployed' } });
  });

  it('cannot be installed twice', async () => {
    expect(await helm(`install front ${chart}`)).toMatch(
      /^1: .*\nError: INSTALLATION FAILED: release name check failed: cannot reuse a name that is still in use$/,
    );
  });

  it('shows its state', async () => {
    const said = await helm('status front');
    expect(said).toContain('STATUS: deployed\nREVISION: 1\nDESCRIPTION: Install complete');
    expect(said).toMatch(/==> v1\/Deployment\nNAME +READY +UP-TO-DATE +AVAILABLE +AGE\nfront-web +0\/2 +0 +0 +\d+s/);
    expect(said).toMatch(/==> v1\/Secret\nNAME +TYPE +DATA +AGE\nfront-web +Opaque +1 +\d+s/);
    expect(said).toMatch(/==> v1\/ConfigMap\nNAME +DATA +AGE\nfront-web +3 +\d+s/);
    expect(said).toMatch(/front-web +ClusterIP +10\.0\.0\.\d+ +<none> +80\/TCP/);
  });

  it('is upgraded, and tells its history and values', async () => {
    const said = await helm(`upgrade front ${chart} --set replicas=3`);
    expect(said).toContain('Release "front" has been upgraded. Happy Helming!');
    expect(said).toContain('REVISION: 2\nDESCRIPTION: Upgrade complete');
    expect(await replicas()).toBe(3);
    expect((await deployment()).metadata?.generation).toBe(2);
    expect(await helm('get values front')).toBe('USER-SUPPLIED VALUES:\nreplicas: 3');
    const history = (await helm('history front'))
      .split('\n')
      .map((line) => line.split('\t').map((cell) => cell.trim()));
    expect(history.map((cells) => cells.toSpliced(1, 1))).toEqual([
      ['REVISION', 'STATUS', 'CHART', 'APP VERSION', 'DESCRIPTION'],
      ['1', 'superseded', 'web-0.1.0', '1.27', 'Install complete'],
      ['2', 'deployed', 'web-0.1.0', '1.27', 'Upgrade complete'],
    ]);
  });

  it('loses what is no longer in the chart', async () => {
    await helm(`upgrade front ${chart} --reuse-values --set settings.size=null --set greeting=ahoy`);
    const settings = await core.readNamespacedConfigMap({ namespace, name: 'front-web' });
    expect(settings.data).toEqual({ greeting: 'ahoy', colour: 'blue' });
    expect(await replicas()).toBe(3);
  });

  it('does not take what others have set, unless by force', async () => {
    await resize(7);
    const failed = await helm(`upgrade front ${chart} --set replicas=4`);
    expect(failed.split('\n').at(-1)).toBe(
      'Error: UPGRADE FAILED: conflict occurred while applying object default/front-web apps/v1, Kind=Deployment: ' +
        'Apply failed with 1 conflict: conflict with "autoscaler" using apps/v1: .spec.replicas',
    );
    expect(await replicas()).toBe(7);
    expect(await helm(`upgrade front ${chart} --set replicas=4 --force-conflicts`)).toContain('REVISION: 5');
    expect(await replicas()).toBe(4);
    expect((await deployment()).metadata?.managedFields?.map(({ manager }) => manager)).toEqual(['helm']);
  });

  it('is rolled back', async () => {
    expect(await helm('rollback front 1')).toBe('Rollback was a success! Happy Helming!');
    expect(await replicas()).toBe(2);
    const settings = await core.readNamespacedConfigMap({ namespace, name: 'front-web' });
    expect(settings.data).toEqual({ greeting: 'hello', colour: 'blue', size: 'small' });
    const states = [...(await releases())].sort();
    expect(states.filter((state) => state.includes('deployed'))).toEqual(['6 deployed helm.sh/release.v1']);
  });

  it('is refused in the words of the server', async () => {
    const typed = await helm(`upgrade front ${chart} --set port=abc`);
    expect(typed.split('\n').at(-1)).toBe(
      'Error: UPGRADE FAILED: server-side apply failed for object default/front-web apps/v1, Kind=Deployment: ' +
        'failed to create typed patch object (default/front-web; apps/v1, Kind=Deployment): ' +
        '.spec.template.spec.containers[name="web"].ports[containerPort="abc",protocol="TCP"].containerPort: ' +
        'expected numeric (int or float), got string',
    );
    const invalid = await helm(`upgrade front ${chart} --set image=null`);
    expect(invalid.split('\n').at(-1)).toBe(
      'Error: UPGRADE FAILED: server-side apply failed for object default/front-web apps/v1, Kind=Deployment: ' +
        'Deployment.apps "front-web" is invalid: spec.template.spec.containers[0].image: Required value',
    );
  });

  it('is uninstalled, with everything of it', async () => {
    expect(await helm('uninstall front')).toBe('release "front" uninstalled');
    await expect(deployment()).rejects.toMatchObject({ code: 404 });
    expect(await releases()).toEqual([]);
    const { items } = await core.listNamespacedSecret({ namespace });
    expect(items).toEqual([]);
    expect(await helm('uninstall front')).toBe('1: Error: uninstall: Release not loaded: front: release: not found');
  });
});

describe('a release, otherwise', () => {
  it('a dry run on the server leaves nothing', async () => {
    const said = await helm(`install front ${chart} --dry-run=server`);
    expect(said).toContain('DESCRIPTION: Dry run complete');
    expect(await releases()).toEqual([]);
    await expect(deployment()).rejects.toMatchObject({ code: 404 });
  });

  it('is written by creates and patches when apply is off, and helm keeps to it', async () => {
    expect(await helm(`install front ${chart} --server-side=false`)).toContain('STATUS: deployed');
    expect(await helm(`upgrade front ${chart} --set replicas=3`)).toContain('REVISION: 2');
    expect(await replicas()).toBe(3);
    const { managedFields = [] } = (await deployment()).metadata!;
    expect(managedFields.map(({ manager, operation }) => `${manager} ${operation}`)).toEqual(['helm Update']);
    expect(await helm('uninstall front --keep-history')).toBe('release "front" uninstalled');
    expect(await releases()).toEqual(['1 superseded helm.sh/release.v1', '2 uninstalled helm.sh/release.v1']);
  });

  it('goes over to server-side apply when told to', async () => {
    await helm('uninstall front');
    expect(await helm(`install front ${chart} --server-side=false`)).toContain('STATUS: deployed');
    const said = await helm(`upgrade front ${chart} --server-side=true --set replicas=3`);
    expect(said).toContain('REVISION: 2');
    const { managedFields = [] } = (await deployment()).metadata!;
    expect(managedFields.map(({ manager, operation }) => `${manager} ${operation}`)).toEqual(['helm Apply']);
    expect(await replicas()).toBe(3);
  });
});
