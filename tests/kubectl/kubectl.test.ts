import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';

import type { Kubectl } from './run-kubectl.ts';
import { useKubectl } from './use-kubectl.ts';

/**
 * The commands people use most, by the real program. With ORLOP_TEST_KUBECONFIG they run against another server: every
 * expectation here was seen to hold on a real kube-apiserver without controllers.
 */
const web = (image = 'nginx:1.27', replicas = 2) => `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: {app: web}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - {name: web, image: '${image}', ports: [{containerPort: 80}]}
`;
const settings = (name: string, value: string) => `
apiVersion: v1
kind: ConfigMap
metadata: {name: ${name}, labels: {set: pruned}}
data: {key: '${value}'}
`;

let kubectl: Kubectl;
const used = useKubectl('kubectl');
beforeAll(() => {
  kubectl = used.kubectl;
});

/** A namespace of its own with the Deployment in it. */
async function namespaceWithWeb(): Promise<string> {
  const ns = await used.namespace();
  expect(await kubectl(`apply -n ${ns} -f -`, { input: web() })).toMatchObject({
    code: 0,
    stdout: 'deployment.apps/web created\n',
  });
  return ns;
}

const table = (text: string): string[][] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => line.trim().split(/\s{2,}|\s+(?=\S+$)/));

describe('kubectl', () => {
  it('apply creates, leaves unchanged, and configures', async () => {
    const ns = await namespaceWithWeb();
    expect((await kubectl(`apply -n ${ns} -f -`, { input: web() })).stdout).toBe('deployment.apps/web unchanged\n');
    expect((await kubectl(`apply -n ${ns} -f -`, { input: web('nginx:1.28') })).stdout).toBe(
      'deployment.apps/web configured\n',
    );
    const image = await kubectl(`get deploy web -n ${ns} -o jsonpath={.spec.template.spec.containers[0].image}`);
    expect(image.stdout).toBe('nginx:1.28');
  });

  it('get deploy: table, wide, yaml, json, name', async () => {
    const ns = await namespaceWithWeb();
    const plain = table((await kubectl(`get deploy -n ${ns}`)).stdout);
    expect(plain[0]!.join(' ')).toBe('NAME READY UP-TO-DATE AVAILABLE AGE');
    expect(plain[1]!.slice(0, 4)).toEqual(['web', '0/2', '0', '0']);
    const wide = (await kubectl(`get deploy -n ${ns} -o wide`)).stdout.split('\n');
    expect(wide[0]!.split(/\s+/)).toEqual([
      'NAME',
      'READY',
      'UP-TO-DATE',
      'AVAILABLE',
      'AGE',
      'CONTAINERS',
      'IMAGES',
      'SELECTOR',
    ]);
    expect(wide[1]!.split(/\s+/).slice(5)).toEqual(['web', 'nginx:1.27', 'app=web']);
    const yaml = (await kubectl(`get deploy web -n ${ns} -o yaml`)).stdout;
    expect(yaml).toContain('progressDeadlineSeconds: 600\n');
    expect(yaml.startsWith('apiVersion: apps/v1\nkind: Deployment\nmetadata:\n')).toBe(true);
    const json = JSON.parse((await kubectl(`get deploy web -n ${ns} -o json`)).stdout) as Record<string, unknown>;
    expect(json).toMatchObject({ kind: 'Deployment', metadata: { generation: 1 }, status: {} });
    expect((await kubectl(`get deploy -n ${ns} -o name`)).stdout).toBe('deployment.apps/web\n');
    expect((await kubectl(`get deploy -A --field-selector=metadata.namespace=${ns} --no-headers`)).stdout).toMatch(
      new RegExp(`^${ns}\\s+web\\s+0/2`),
    );
  });

  it('says what is missing', async () => {
    const ns = await namespaceWithWeb();
    expect(await kubectl(`get deploy nope -n ${ns}`)).toMatchObject({
      code: 1,
      stderr: 'Error from server (NotFound): deployments.apps "nope" not found\n',
    });
    expect((await kubectl(`get cm -n ${ns} -l none=such`)).stderr).toBe(`No resources found in ${ns} namespace.\n`);
  });

  it('describe', async () => {
    const ns = await namespaceWithWeb();
    const { stdout, code } = await kubectl(`describe deploy web -n ${ns}`);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Name:\s+web\nNamespace:\s+kubectl-/);
    expect(stdout).toMatch(/Replicas:\s+2 desired \| 0 updated \| 0 total \| 0 available \| 0 unavailable/);
    expect(stdout).toMatch(/StrategyType:\s+RollingUpdate/);
    expect(stdout).toMatch(/Image:\s+nginx:1.27/);
    expect(stdout).toMatch(/Events:\s+<none>/);
    expect((await kubectl(`describe namespace ${ns}`)).stdout).toMatch(/Status:\s+Active/);
  });

  it('edit', async () => {
    const ns = await namespaceWithWeb();
    const editor = join(mkdtempSync(join(tmpdir(), 'orlop-editor-')), 'edit.sh');
    writeFileSync(editor, '#!/bin/sh\nsed -i "s/replicas: 2/replicas: 5/" "$1"\n', { mode: 0o755 });
    const edited = await kubectl(`edit deploy web -n ${ns}`, { env: { EDITOR: editor } });
    expect(edited).toMatchObject({ code: 0, stdout: 'deployment.apps/web edited\n' });
    expect((await kubectl(`get deploy web -n ${ns} -o jsonpath={.spec.replicas}`)).stdout).toBe('5');
    writeFileSync(editor, '#!/bin/sh\ntrue\n', { mode: 0o755 });
    expect((await kubectl(`edit deploy web -n ${ns}`, { env: { EDITOR: editor } })).stderr).toContain(
      'Edit cancelled, no changes made.',
    );
  });

  it('scale, with and without preconditions', async () => {
    const ns = await namespaceWithWeb();
    expect((await kubectl(`scale deploy web -n ${ns} --replicas=4`)).stdout).toBe('deployment.apps/web scaled\n');
    expect((await kubectl(`get deploy web -n ${ns} -o jsonpath={.spec.replicas}/{.metadata.generation}`)).stdout).toBe(
      '4/2',
    );
    const refused = await kubectl(`scale deploy web -n ${ns} --current-replicas=9 --replicas=1`);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('Expected replicas to be 9, was 4');
    const bad = await kubectl(`scale deploy web -n ${ns} --replicas=-3`);
    expect(bad.code).toBe(1);
  });

  it('set image, set env, label, annotate', async () => {
    const ns = await namespaceWithWeb();
    expect((await kubectl(`set image deploy/web web=nginx:1.29 -n ${ns}`)).stdout).toBe(
      'deployment.apps/web image updated\n',
    );
    expect((await kubectl(`set env deploy/web MODE=fast -n ${ns}`)).stdout).toBe('deployment.apps/web env updated\n');
    expect((await kubectl(`label deploy web tier=front -n ${ns}`)).stdout).toBe('deployment.apps/web labeled\n');
    expect((await kubectl(`label deploy web tier=back -n ${ns}`)).stderr).toContain(
      "'tier' already has a value (front)",
    );
    expect((await kubectl(`label deploy web tier- -n ${ns}`)).stdout).toBe('deployment.apps/web unlabeled\n');
    expect((await kubectl(['annotate', 'deploy', 'web', 'note=hello world', '-n', ns])).stdout).toBe(
      'deployment.apps/web annotated\n',
    );
    const got = JSON.parse((await kubectl(`get deploy web -n ${ns} -o json`)).stdout) as {
      metadata: { generation: number; annotations: Record<string, string> };
      spec: { template: { spec: { containers: object[] } } };
    };
    expect(got.spec.template.spec.containers[0]).toMatchObject({
      image: 'nginx:1.29',
      env: [{ name: 'MODE', value: 'fast' }],
    });
    expect(got.metadata.annotations.note).toBe('hello world');
    // image, env and the annotation count; labels do not.
    expect(got.metadata.generation).toBe(4);
  });

  it('diff', async () => {
    const ns = await namespaceWithWeb();
    expect((await kubectl(`diff -n ${ns} -f -`, { input: web() })).code).toBe(0);
    const changed = await kubectl(`diff -n ${ns} -f -`, { input: web('nginx:9') });
    expect(changed.code).toBe(1);
    expect(changed.stdout).toContain('-      - image: nginx:1.27');
    expect(changed.stdout).toContain('+      - image: nginx:9');
    expect((await kubectl(`get deploy web -n ${ns} -o jsonpath={..image}`)).stdout).toBe('nginx:1.27');
  });

  it('get -w shows what happens', async () => {
    const ns = await namespaceWithWeb();
    const watch = kubectl.start(`get deploy -n ${ns} -w --output-watch-events`);
    const seen = async (n: number) => {
      for (let i = 0; i < 100 && watch.lines().length < n; i++) await sleep(50);
    };
    await seen(2);
    await kubectl(`scale deploy web -n ${ns} --replicas=3`);
    await seen(3);
    await kubectl(`delete deploy web -n ${ns}`);
    await seen(4);
    const lines = (await watch.stop()).stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.trim().split(/\s+/).slice(0, 3));
    expect(lines).toEqual([
      ['EVENT', 'NAME', 'READY'],
      ['ADDED', 'web', '0/2'],
      ['MODIFIED', 'web', '0/3'],
      ['DELETED', 'web', '0/3'],
    ]);
  });

  it('wait --for=jsonpath, --for=delete', async () => {
    const ns = await namespaceWithWeb();
    const waiting = kubectl(`wait deploy/web -n ${ns} --for=jsonpath={.spec.replicas}=7 --timeout=10s`);
    await sleep(300);
    await kubectl(`scale deploy web -n ${ns} --replicas=7`);
    expect(await waiting).toMatchObject({ code: 0, stdout: 'deployment.apps/web condition met\n' });
    const late = await kubectl(`wait deploy/web -n ${ns} --for=condition=Available --timeout=1s`);
    expect(late.code).toBe(1);
    expect(late.stderr).toContain('timed out waiting for the condition');
    const gone = kubectl(`wait deploy/web -n ${ns} --for=delete --timeout=10s`);
    await sleep(300);
    await kubectl(`delete deploy web -n ${ns}`);
    expect((await gone).code).toBe(0);
  });

  it('delete', async () => {
    const ns = await namespaceWithWeb();
    expect(await kubectl(`delete deploy web -n ${ns}`)).toMatchObject({
      code: 0,
      stdout: `deployment.apps "web" deleted from ${ns} namespace\n`,
    });
    expect((await kubectl(`delete deploy web -n ${ns}`)).stderr).toBe(
      'Error from server (NotFound): deployments.apps "web" not found\n',
    );
    expect((await kubectl(`delete deploy web -n ${ns} --ignore-not-found`)).code).toBe(0);
  });

  it('delete --all', async () => {
    const ns = await namespaceWithWeb();
    for (const name of ['a', 'b', 'c']) await kubectl(`create configmap ${name} --from-literal=k=v -n ${ns}`);
    const { stdout, code } = await kubectl(`delete cm --all -n ${ns}`);
    expect(code).toBe(0);
    expect(stdout.match(/deleted/g)!.length).toBeGreaterThanOrEqual(3);
    expect((await kubectl(`get cm a -n ${ns}`)).code).toBe(1);
    expect((await kubectl(`get deploy web -n ${ns}`)).code).toBe(0);
  });

  it('explain deployment.spec', async () => {
    const { stdout, code } = await kubectl('explain deployment.spec');
    expect(code).toBe(0);
    expect(stdout).toMatch(/GROUP:\s+apps\nKIND:\s+Deployment\nVERSION:\s+v1/);
    expect(stdout).toMatch(/FIELD: spec <DeploymentSpec>/);
    for (const line of [
      'replicas\t<integer>',
      'selector\t<LabelSelector> -required-',
      'template\t<PodTemplateSpec> -required-',
    ]) {
      expect(stdout).toContain(`  ${line}`);
    }
    expect((await kubectl('explain deployment.spec.strategy.rollingUpdate.maxSurge')).stdout).toContain(
      '<IntOrString>',
    );
    expect((await kubectl('explain deployment.nope')).stderr).toContain('field "nope" does not exist');
  });

  it('api-resources, api-versions, version', async () => {
    const { stdout } = await kubectl('api-resources -o wide');
    const deployments = stdout.split('\n').find((line) => line.startsWith('deployments '))!;
    expect(deployments.split(/\s+/).slice(0, 6)).toEqual([
      'deployments',
      'deploy',
      'apps/v1',
      'true',
      'Deployment',
      'create,delete,deletecollection,get,list,patch,update,watch',
    ]);
    expect((await kubectl('api-versions')).stdout.split('\n')).toEqual(expect.arrayContaining(['apps/v1', 'v1']));
    expect((await kubectl('version')).stdout).toMatch(/Server Version: v1\.36/);
  });

  it('create deployment, expose it, create others', async () => {
    const ns = await namespaceWithWeb();
    expect((await kubectl(`create deployment api --image=busybox --replicas=3 -n ${ns}`)).stdout).toBe(
      'deployment.apps/api created\n',
    );
    expect((await kubectl(`create deployment api --image=busybox -n ${ns}`)).stderr).toContain(
      'error: failed to create deployment: deployments.apps "api" already exists',
    );
    expect((await kubectl(`expose deploy api --port=80 -n ${ns}`)).stdout).toBe('service/api exposed\n');
    expect((await kubectl(`get svc api -n ${ns} -o jsonpath={.spec.type}:{.spec.ports[0].targetPort}`)).stdout).toBe(
      'ClusterIP:80',
    );
    expect((await kubectl(`create secret generic s --from-literal=p=q -n ${ns}`)).stdout).toBe('secret/s created\n');
    expect((await kubectl(`get secret s -n ${ns} -o jsonpath={.data.p}`)).stdout).toBe('cQ==');
    expect((await kubectl(`create serviceaccount robot -n ${ns}`)).stdout).toBe('serviceaccount/robot created\n');
    expect((await kubectl(`run one --image=busybox --restart=Never -n ${ns}`)).stdout).toBe('pod/one created\n');
    expect((await kubectl(`get pod one -n ${ns} --no-headers`)).stdout).toMatch(/^one\s+0\/1\s+Pending\s+0\s/);
  });

  it('rollout history, status and restart without a controller', async () => {
    const ns = await namespaceWithWeb();
    const history = await kubectl(`rollout history deploy/web -n ${ns}`);
    expect(history).toMatchObject({ code: 0 });
    expect(history.stdout).toContain('deployment.apps/web');
    const status = await kubectl(`rollout status deploy/web -n ${ns} --timeout=1s`);
    expect(status.code).toBe(1);
    expect(status.stdout).toContain('Waiting for deployment spec update to be observed...');
    expect(status.stderr).toContain('timed out waiting for the condition');
    expect((await kubectl(`rollout restart deploy/web -n ${ns}`)).stdout).toBe('deployment.apps/web restarted\n');
    expect((await kubectl(`rollout pause deploy/web -n ${ns}`)).stdout).toBe('deployment.apps/web paused\n');
    expect((await kubectl(`rollout resume deploy/web -n ${ns}`)).stdout).toBe('deployment.apps/web resumed\n');
  });

  it('apply --prune', async () => {
    const ns = await namespaceWithWeb();
    const both = `${settings('one', '1')}---${settings('two', '2')}`;
    await kubectl(`apply -n ${ns} -f -`, { input: both });
    const pruned = await kubectl(`apply -n ${ns} --prune -l set=pruned --prune-allowlist=core/v1/ConfigMap -f -`, {
      input: settings('one', '1'),
    });
    expect(pruned).toMatchObject({ code: 0, stdout: 'configmap/one unchanged\nconfigmap/two pruned\n' });
  });

  it('patch of every type, replace, dry runs', async () => {
    const ns = await namespaceWithWeb();
    const patch = (type: string, body: string) =>
      kubectl(['patch', 'deploy', 'web', '-n', ns, `--type=${type}`, '-p', body]);
    expect(
      (await patch('strategic', '{"spec":{"template":{"spec":{"containers":[{"name":"side","image":"b"}]}}}}')).code,
    ).toBe(0);
    expect((await patch('merge', '{"spec":{"replicas":6}}')).stdout).toBe('deployment.apps/web patched\n');
    expect((await patch('merge', '{"spec":{"replicas":6}}')).stdout).toBe('deployment.apps/web patched (no change)\n');
    expect(
      (
        await patch(
          'json',
          '[{"op":"test","path":"/spec/replicas","value":6},{"op":"remove","path":"/spec/template/spec/containers/1"}]',
        )
      ).code,
    ).toBe(0);
    expect((await kubectl(`get deploy web -n ${ns} -o jsonpath={.spec.replicas}{..image}`)).stdout).toMatch(/^6\S+$/);
    expect((await kubectl(`replace -n ${ns} -f -`, { input: web('nginx:2') })).stdout).toBe(
      'deployment.apps/web replaced\n',
    );
    expect((await kubectl(`apply -n ${ns} --dry-run=server -f -`, { input: web('nginx:3') })).stdout).toBe(
      'deployment.apps/web configured (server dry run)\n',
    );
    expect((await kubectl(`get deploy web -n ${ns} -o jsonpath={..image}`)).stdout).toBe('nginx:2');
  });

  it('refuses unknown fields and wrong types as the server says', async () => {
    const ns = await namespaceWithWeb();
    const unknown = await kubectl(`apply -n ${ns} -f -`, { input: web().replace('replicas:', 'replicos:') });
    expect(unknown.code).toBe(1);
    expect(unknown.stderr).toContain('strict decoding error: unknown field "spec.replicos"');
    const typed = await kubectl(`apply -n ${ns} --validate=false -f -`, {
      input: web().replace('replicas: 2', 'replicas: many'),
    });
    expect(typed.code).toBe(1);
    expect(typed.stderr).toContain('replicas');
  });
});
