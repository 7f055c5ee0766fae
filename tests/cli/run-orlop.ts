import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../packages/orlop/bin/orlop.js', import.meta.url));

export interface OrlopRun {
  readonly child: ChildProcess;
  stdout(): string;
  stderr(): string;
  /** Resolves once the output holds what the expression finds. */
  printed(expression: RegExp): Promise<RegExpExecArray>;
  readonly exited: Promise<number>;
  /** Ctrl-C. */
  interrupt(): Promise<number>;
  /** Ends it and whatever it has started, at once. */
  kill(): Promise<number>;
}

/** Runs the command as a user does, in a process of its own. */
export function runOrlop(args: readonly string[], cwd: string): OrlopRun {
  const child = spawn(process.execPath, [bin, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let stdout = '';
  let stderr = '';
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const look of waiting) look();
  };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    wake();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    wake();
  });
  const exited = new Promise<number>((resolve) => {
    child.on('close', (code, signal) => resolve(code ?? (signal === null ? -1 : 128)));
  });
  return {
    child,
    stdout: () => stdout,
    stderr: () => stderr,
    printed(expression) {
      return new Promise((resolve, reject) => {
        const look = (): void => {
          const found = expression.exec(stdout);
          if (found === null) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
        void exited.then((code) => reject(new Error(`exited with ${code} before ${expression}: ${stdout}${stderr}`)));
      });
    },
    exited,
    interrupt() {
      child.kill('SIGINT');
      return exited;
    },
    kill() {
      try {
        process.kill(-child.pid!, 'SIGKILL');
      } catch {
        // Gone already.
      }
      return exited;
    },
  };
}
