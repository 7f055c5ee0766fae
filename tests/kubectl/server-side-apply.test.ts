import { beforeAll, describe, expect, it } from 'vitest';
import type { Kubectl } from './run-kubectl.ts';
import { useKubectl } from './use-kubectl.ts';

/** Server-side apply by the real program. ORLOP_TEST_KUBECONFIG: as in kubectl.test.ts. */
const web = ({ image = 'nginx:1.27', replicas = '' } = {}) => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  ${replicas === '' ? '' : `replicas: ${replicas}`}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - {name: web, image: '${image}'}
`;

let kubectl: Kubectl;
const used = useKubectl('apply');
beforeAll(() => {
  kubectl = used.kubectl;
});

const apply = (ns: string, input: string, flags = '') =>
  kubectl(['apply', '-n', ns, '-f', '-', ...flags.split(' ').filter(Boolean)], { input });

/** `manager operation subresource`, one for each entry, in the order of the server. */
async function owners(ns: string): Promise<string[]> {
  const range = '{range .metadata.managedFields[*]}{.manager} {.operation} {.subresource}{"\\n"}{end}';
  const { stdout } = await kubectl([
    'get',
    'deploy',
    'web',
    '-n',
    ns,
    '--show-managed-fields',
    '-o',
    `jsonpath=${range}`,
  ]);
  return stdout.split('\n').flatMap((line) => (line === '' ? [] : [line.trim()]));
}

const get = async (ns: string, path: string): Promise<string> =>
  (await kubectl(['get', 'deploy', 'web', '-n', ns, '-o', `jsonpath=${path}`])).stdout;

describe('kubectl apply --server-side', () => {
  it('creates, changes nothing, changes', async () => {
    const ns = await used.namespace();
    const applied = { code: 0, stdout: 'deployment.apps/web serverside-applied\n', stderr: '' };
    expect(await apply(ns, web(), '--server-side')).toEqual(applied);
    const before = await get(ns, '{.metadata.resourceVersion}');
    expect(await apply(ns, web(), '--server-side')).toEqual(applied);
    expect(await get(ns, '{.metadata.resourceVersion}')).toBe(before);
    expect(await apply(ns, web({ image: 'nginx:2' }), '--server-side')).toEqual(applied);
    expect(await get(ns, '{..image} {.metadata.generation}')).toBe('nginx:2 2');
    expect(await owners(ns)).toEqual(['kubectl Apply']);
  });

  it('names who owns what it would change, and takes it with --force-conflicts', async () => {
    const ns = await used.namespace();
    await apply(ns, web({ replicas: '2' }), '--server-side --field-manager=team-a');
    const refused = await apply(ns, web({ image: 'nginx:2', replicas: '3' }), '--server-side --field-manager=team-b');
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain(
      [
        'error: Apply failed with 2 conflicts: conflicts with "team-a":',
        '- .spec.replicas',
        '- .spec.template.spec.containers[name="web"].image',
        'Please review the fields above--they currently have other managers.',
      ].join('\n'),
    );
    expect(refused.stderr).toContain('--force-conflicts');
    const forced = await apply(
      ns,
      web({ image: 'nginx:2', replicas: '3' }),
      '--server-side --field-manager=team-b --force-conflicts',
    );
    expect(forced).toMatchObject({ code: 0, stdout: 'deployment.apps/web serverside-applied\n' });
    expect(await get(ns, '{..image} {.spec.replicas}')).toBe('nginx:2 3');
    expect(await owners(ns)).toEqual(['team-a Apply', 'team-b Apply']);
    const back = await apply(ns, web({ replicas: '2' }), '--server-side --field-manager=team-a');
    expect(back.stderr).toContain('conflicts with "team-b"');
  });

  it('hands replicas over to who scales', async () => {
    const ns = await used.namespace();
    await apply(ns, web({ replicas: '2' }), '--server-side');
    expect((await kubectl(`scale deploy web -n ${ns} --replicas=5`)).code).toBe(0);
    expect(await owners(ns)).toEqual(['kubectl Apply', 'kubectl Update scale']);
    const refused = await apply(ns, web({ replicas: '2' }), '--server-side');
    expect(refused.stderr).toContain(
      'Apply failed with 1 conflict: conflict with "kubectl" with subresource "scale" using apps/v1: .spec.replicas',
    );
    // Who leaves the field out has nothing to do with it any more.
    expect((await apply(ns, web(), '--server-side')).code).toBe(0);
    expect(await get(ns, '{.spec.replicas}')).toBe('5');
  });

  it('goes on where kubectl apply without it left off', async () => {
    const ns = await used.namespace();
    const annotated = web({ replicas: '2' }).replace('labels: {app: web}}', 'labels: {app: web, old: label}}');
    expect((await apply(ns, annotated)).stdout).toBe('deployment.apps/web created\n');
    expect(await owners(ns)).toEqual(['kubectl-client-side-apply Update']);
    const upgraded = await apply(ns, web({ image: 'nginx:2', replicas: '2' }), '--server-side');
    expect(upgraded).toMatchObject({ code: 0, stdout: 'deployment.apps/web serverside-applied\n' });
    // The annotation that kubectl keeps for the way back has a manager of its own.
    expect((await owners(ns)).sort()).toEqual(['kubectl Apply', 'kubectl-last-applied Apply']);
    expect(await get(ns, '{..image} {.metadata.labels}')).toBe('nginx:2 {"app":"web"}');
    // The way back works too: the annotation was kept in step.
    const back = await apply(ns, web({ image: 'nginx:3', replicas: '2' }));
    expect(back).toMatchObject({ code: 0, stdout: 'deployment.apps/web configured\n' });
    expect(await get(ns, '{..image}')).toBe('nginx:3');
  });

  it('tries without changing: --dry-run=server, diff', async () => {
    const ns = await used.namespace();
    await apply(ns, web(), '--server-side');
    const before = await get(ns, '{.metadata.resourceVersion}');
    expect((await apply(ns, web({ image: 'nginx:2' }), '--server-side --dry-run=server')).stdout).toBe(
      'deployment.apps/web serverside-applied (server dry run)\n',
    );
    const diff = await kubectl(`diff -n ${ns} --server-side -f -`, { input: web({ image: 'nginx:2' }) });
    expect(diff.code).toBe(1);
    expect(diff.stdout).toMatch(/^-\s+- image: nginx:1\.27\n\+\s+- image: nginx:2$/m);
    expect(await get(ns, '{.metadata.resourceVersion}')).toBe(before);
  });

  it('refuses what is not in the schema', async () => {
    const ns = await used.namespace();
    const wrong = await apply(ns, web().replace('selector:', 'nope: 1\n  selector:'), '--server-side --validate=false');
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain('.spec.nope: field not declared in schema');
  });
});

it('get hides managedFields unless asked', async () => {
  const ns = await used.namespace();
  await apply(ns, web(), '--server-side');
  expect((await kubectl(`get deploy web -n ${ns} -o yaml`)).stdout).not.toContain('managedFields');
  const { stdout } = await kubectl(`get deploy web -n ${ns} -o yaml --show-managed-fields`);
  expect(stdout).toMatch(/^ {2}managedFields:\n {2}- apiVersion: apps\/v1\n {4}fieldsType: FieldsV1\n {4}fieldsV1:\n/m);
  expect(stdout).toContain('k:{"name":"web"}');
});
