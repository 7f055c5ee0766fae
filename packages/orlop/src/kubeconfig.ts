import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** First line of every kubeconfig of ours: only such files are overwritten or removed. */
const mark = '# written by orlop; removed when it stops';

/** A kubeconfig with one context that talks to `server` without credentials. YAML, which JSON is. */
export function kubeconfigText(server: string): string {
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    // Without TLS there is nothing to verify; @kubernetes/client-node refuses http unless that is said.
    clusters: [{ name: 'orlop', cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'orlop', user: {} }],
    contexts: [{ name: 'orlop', context: { cluster: 'orlop', user: 'orlop' } }],
    'current-context': 'orlop',
  };
  return `${mark}\n${JSON.stringify(config, null, 2)}\n`;
}

/**
 * Writes a kubeconfig; the returned function removes it.
 * @throws Error when a file is there that Orlop did not write: it may be somebody's way into a real cluster
 */
export function writeKubeconfig(path: string, server: string): () => void {
  if (existsSync(path) && !readFileSync(path, 'utf8').startsWith(mark)) {
    throw new Error(`${path} exists and is not Orlop's; choose another --kubeconfig path`);
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, kubeconfigText(server), { mode: 0o600 });
  return () => rmSync(path, { force: true });
}
