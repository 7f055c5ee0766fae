import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../server/start-test-server.ts';
import { type Kubectl, kubectlFor } from './run-kubectl.ts';

/** Commands of kubectl that go through Go's typed clients, which write protobuf and do not fall back to JSON. */
let server: TestServer;
let kubectl: Kubectl;

beforeAll(async () => {
  server = await startTestServer();
  kubectl = kubectlFor({ url: server.url });
});
afterAll(async () => {
  kubectl?.close();
  await server?.close();
});

const said = async (args: string): Promise<string> => {
  const { stdout, stderr, code } = await kubectl(args);
  return code === 0 ? stdout.trim() : `${code}: ${stderr.trim()}`;
};

it('create, expose, run, scale and delete', async () => {
  expect(await said('create deployment web --image=nginx --replicas=2 --port=80')).toBe('deployment.apps/web created');
  expect(await said('create deployment web --image=nginx')).toMatch(/deployments.apps "web" already exists/);
  expect(await said('create secret generic keys --from-literal=a=b')).toBe('secret/keys created');
  expect(await said('create configmap settings --from-literal=x=y')).toBe('configmap/settings created');
  expect(await said('create serviceaccount robot')).toBe('serviceaccount/robot created');
  expect(await said('create namespace team')).toBe('namespace/team created');
  expect(await said('create service nodeport front --tcp=5678:8080')).toBe('service/front created');
  expect(await said('expose deployment web --port=80 --target-port=8080')).toBe('service/web exposed');
  expect(await said('run once --image=busybox --env=A=B -- sleep 1')).toBe('pod/once created');
  expect(await said('scale deployment web --replicas=5')).toBe('deployment.apps/web scaled');

  const ask = (what: string, path: string) => said(`get ${what} -o jsonpath={${path}}`);
  expect(await ask('deployment web', '.spec.replicas')).toBe('5');
  expect(await ask('deployment web', '.spec.template.spec.containers[0].ports[0].containerPort')).toBe('80');
  expect(await ask('secret keys', '.data.a')).toBe('Yg==');
  expect(await ask('service front', '.spec.ports[0].targetPort')).toBe('8080');
  expect(await ask('pod once', '.spec.containers[0].env[0].value')).toBe('B');

  expect(await said('delete deployment web')).toMatch(/^deployment.apps "web" deleted/);
  expect(await said('delete pod once --now --wait=false')).toMatch(/^pod "once" deleted/);
});
