import { resolve } from 'node:path';
import { parseStorageUrl } from '../open-backend.ts';
import { orlopVersion } from '../version.ts';

export interface BannerFacts {
  readonly url: string;
  readonly kubeconfig: string;
  readonly storage: string;
  readonly loaded: number;
  readonly milliseconds: number;
}

/** What somebody needs who sees this for the first time: where it is, where the data is, what to try. */
export function banner({ url, kubeconfig, storage, loaded, milliseconds }: BannerFacts): string {
  const lines = [
    `Orlop ${orlopVersion}, Kubernetes API 1.36, ready in ${Math.round(milliseconds)} ms`,
    '',
    `  URL         ${url}`,
    `  kubeconfig  ${kubeconfig}`,
    `  data        ${whereData(storage)}`,
    ...(loaded > 0 ? [`  loaded      ${loaded} objects`] : []),
    '',
    'Try, in another terminal:',
    `  export KUBECONFIG=${kubeconfig}`,
    '  kubectl create deployment web --image=nginx --replicas=2',
    '  kubectl get deployments -o wide',
    '  kubectl explain deployment.spec',
    '',
    'Ctrl-C stops.',
    '',
  ];
  return lines.join('\n');
}

function whereData(storage: string): string {
  const { scheme, location } = parseStorageUrl(storage);
  if (scheme === 'sqlite' && location !== ':memory:') return resolve(location);
  return 'in memory, gone when it stops';
}
