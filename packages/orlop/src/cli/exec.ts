import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeKubeconfig } from '../kubeconfig.ts';
import { type StartOptions, start } from './start.ts';

/** Runs a command beside a server of its own; resolves with the command's exit code, 128 + signal when one killed it. */
export async function exec(command: readonly string[], options: StartOptions): Promise<number> {
  // A port nobody asked for must not collide with a server that is already running.
  const { server, url } = await start({ ...options, port: options.port ?? 0 });
  const scratch = mkdtempSync(join(tmpdir(), 'orlop-'));
  try {
    const kubeconfig = join(scratch, 'kubeconfig');
    writeKubeconfig(kubeconfig, url);
    return await run(command, { ...process.env, KUBECONFIG: kubeconfig });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
    await server.close();
  }
}

function run([program = '', ...args]: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', env });
    // The terminal sends Ctrl-C to the command as well; it decides, and we wait for it.
    const ignore = (): void => {};
    const pass = (signal: NodeJS.Signals): void => {
      child.kill(signal);
    };
    process.on('SIGINT', ignore);
    process.on('SIGTERM', pass);
    const done = (): void => {
      process.off('SIGINT', ignore);
      process.off('SIGTERM', pass);
    };
    child.on('error', (error: NodeJS.ErrnoException) => {
      done();
      reject(error.code === 'ENOENT' ? new Error(`command not found: ${program}`, { cause: error }) : error);
    });
    child.on('close', (code, signal) => {
      done();
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}
