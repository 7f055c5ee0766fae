import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kubeconfigText } from 'orlop';
import { getClients } from '../../tools/clients/get-clients.mjs';

export interface Helm {
  /** What `helm ARGS` prints, or its exit code, a colon and what it complains about. Arguments are split at blanks. */
  (args: string): Promise<string>;
  close(): void;
}

/** The real helm against one server, with a home of its own so that no cache or configuration leaks in or out. */
export function helmFor(url: string): Helm {
  const program = join(getClients(), 'helm');
  const home = mkdtempSync(join(tmpdir(), 'orlop-helm-'));
  const kubeconfig = join(home, 'config');
  writeFileSync(kubeconfig, kubeconfigText(url));
  const env = { PATH: process.env.PATH ?? '', HOME: home, KUBECONFIG: kubeconfig };
  const run = (args: string): Promise<string> =>
    new Promise((resolve) => {
      const started = execFile(program, args.split(/\s+/), { env, timeout: 30_000 }, (error, stdout, stderr) => {
        resolve(error === null ? stdout.trim() : `${started.exitCode ?? error.code}: ${stderr.trim()}`);
      });
    });
  return Object.assign(run, { close: () => rmSync(home, { recursive: true, force: true }) });
}
