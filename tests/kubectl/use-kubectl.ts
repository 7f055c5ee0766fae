import { afterAll, beforeAll, expect } from 'vitest';
import { startTestServer, type TestServer } from '../server/start-test-server.ts';
import { type Kubectl, kubectlFor } from './run-kubectl.ts';

/** A kubectl for the tests of this file. */
export interface UsedKubectl {
  readonly kubectl: Kubectl;
  /** Makes a namespace of its own and answers its name. */
  namespace(): Promise<string>;
}

/** Against a server of our own, or the one of $ORLOP_TEST_KUBECONFIG: so expectations are tried on a real kube-apiserver. */
export function useKubectl(prefix: string): UsedKubectl {
  let server: TestServer | undefined;
  let kubectl: Kubectl | undefined;
  let count = 0;
  beforeAll(async () => {
    const kubeconfig = process.env.ORLOP_TEST_KUBECONFIG;
    if (kubeconfig === undefined) server = await startTestServer();
    kubectl = kubectlFor(kubeconfig === undefined ? { url: server!.url } : { kubeconfig });
  });
  afterAll(async () => {
    kubectl?.close();
    await server?.close();
  });
  return {
    get kubectl() {
      return kubectl!;
    },
    async namespace() {
      const ns = `${prefix}-${Date.now().toString(36)}-${count++}`;
      expect(await kubectl!(`create namespace ${ns}`)).toMatchObject({ code: 0, stdout: `namespace/${ns} created\n` });
      return ns;
    },
  };
}
