import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kubeconfigText } from 'orlop';
import { getClients } from '../../tools/clients/get-clients.mjs';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Kubectl {
  /** Runs `kubectl ARGS`; the arguments are split at blanks unless given as a list. */
  (args: string | readonly string[], options?: RunOptions): Promise<Ran>;
  /** Starts it and leaves it running; `stop` ends it and gives what it printed. */
  start(args: string): { lines(): string[]; stop(): Promise<Ran> };
  close(): void;
}

export interface RunOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds until it is killed. @default 20000 */
  readonly timeout?: number;
}

/** The real kubectl against one server, with a home of its own so that no cache or configuration leaks in or out. */
export function kubectlFor(server: { readonly url: string } | { readonly kubeconfig: string }): Kubectl {
  const program = join(getClients(), 'kubectl');
  const home = mkdtempSync(join(tmpdir(), 'orlop-kubectl-'));
  let kubeconfig = join(home, 'config');
  if ('kubeconfig' in server) kubeconfig = server.kubeconfig;
  else writeFileSync(kubeconfig, kubeconfigText(server.url));
  const env = { PATH: process.env.PATH ?? '', HOME: home, KUBECONFIG: kubeconfig };

  const launch = (args: readonly string[], options: RunOptions) => {
    const child = spawn(program, args, { env: { ...env, ...options.env }, timeout: options.timeout ?? 20_000 });
    const ran = { code: -1, stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      ran.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      ran.stderr += text;
    });
    child.stdin.end(options.input);
    const done = new Promise<Ran>((resolve) => {
      child.on('close', (code) => resolve({ ...ran, code: code ?? -1 }));
    });
    return { child, ran, done };
  };

  const split = (args: string | readonly string[]): readonly string[] =>
    typeof args === 'string' ? args.split(/\s+/) : args;
  const run = (args: string | readonly string[], options: RunOptions = {}) => launch(split(args), options).done;
  return Object.assign(run, {
    start(args: string) {
      const { child, ran, done } = launch(split(args), { timeout: 60_000 });
      return {
        lines: () => ran.stdout.split('\n').filter((line) => line !== ''),
        stop() {
          child.kill('SIGINT');
          return done;
        },
      };
    },
    close: () => rmSync(home, { recursive: true, force: true }),
  });
}
