import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEtcd } from '../../packages/backend-etcd/test/start-etcd.ts';
import { type OrlopRun, runOrlop } from './run-orlop.ts';

const manifests = fileURLToPath(new URL('../../examples/manifests/', import.meta.url));

describe('orlop', () => {
  let cwd: string;
  const running: OrlopRun[] = [];
  const orlop = (...args: string[]): OrlopRun => {
    const run = runOrlop(args, cwd);
    running.push(run);
    return run;
  };
  const ready = async (run: OrlopRun): Promise<{ url: string; kubeconfig: string }> => {
    const [, url] = await run.printed(/URL\s+(http:\S+)/);
    const [, kubeconfig] = await run.printed(/kubeconfig\s+(\S+)/);
    await run.printed(/Ctrl-C stops/);
    return { url: url!, kubeconfig: kubeconfig! };
  };
  const createConfigMap = (url: string, name: string) =>
    fetch(`${url}/api/v1/namespaces/default/configmaps`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } }),
    });

  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), 'orlop-cli-'));
  });
  afterEach(async () => {
    for (const run of running.splice(0)) await run.kill();
    rmSync(cwd, { recursive: true, force: true });
  });

  it('bare: serves from memory, says what to try, and leaves nothing behind', async () => {
    const run = orlop('--port', '0');
    const { url, kubeconfig } = await ready(run);
    expect(run.stdout()).toMatch(/in memory/);
    expect(run.stdout().match(/^ {2}kubectl /gm)).toHaveLength(3);
    expect(await (await fetch(`${url}/readyz`)).text()).toBe('ok');
    expect(existsSync(kubeconfig)).toBe(true);
    expect(await run.interrupt()).toBe(0);
    expect(existsSync(dirname(kubeconfig))).toBe(false);
    expect(readdirSync(cwd)).toEqual([]);
  });

  it('keeps its state on SQLite over a restart', async () => {
    const args = ['serve', '--storage', 'sqlite://./orlop.db', '--port', '0'];
    const first = orlop(...args);
    const { url } = await ready(first);
    const made = (await (await createConfigMap(url, 'kept')).json()) as object;
    expect(await first.interrupt()).toBe(0);
    const second = orlop(...args);
    const { url: again } = await ready(second);
    expect(await (await fetch(`${again}/api/v1/namespaces/default/configmaps/kept`)).json()).toEqual(made);
    expect(await second.interrupt()).toBe(0);
    expect(readdirSync(cwd)).toEqual(['orlop.db']);
  });

  it('keeps its state on etcd, shared by two servers', async () => {
    const etcd = await startEtcd();
    try {
      const args = ['serve', '--storage', etcd.endpoint.replace('http:', 'etcd:'), '--port', '0'];
      const [first, second] = [orlop(...args), orlop(...args)];
      const [{ url }, { url: other }] = [await ready(first), await ready(second)];
      const made = (await (await createConfigMap(url, 'kept')).json()) as object;
      expect(await (await fetch(`${other}/api/v1/namespaces/default/configmaps/kept`)).json()).toEqual(made);
      expect([await first.interrupt(), await second.interrupt()]).toEqual([0, 0]);
      expect(readdirSync(cwd)).toEqual([]);
    } finally {
      await etcd.stop();
    }
  });

  it('ends open watches cleanly when it stops', async () => {
    const run = orlop('--port', '0');
    const { url } = await ready(run);
    const watch = await fetch(`${url}/api/v1/namespaces/default/configmaps?watch=1`);
    const end = watch.text();
    expect(await run.interrupt()).toBe(0);
    await expect(end).resolves.toBe('');
  });

  it('loads manifests at start, and again over what is there', async () => {
    const args = ['serve', '--storage', 'sqlite://./orlop.db', '--port', '0', '--load', manifests];
    for (let i = 0; i < 2; i++) {
      const run = orlop(...args);
      const { url } = await ready(run);
      expect((await fetch(`${url}/apis/apps/v1/namespaces/web-shop/deployments/storefront`)).status).toBe(200);
      expect(run.stdout()).toMatch(/loaded\s+\d+ objects/);
      expect(await run.interrupt()).toBe(0);
    }
  });

  it('writes the kubeconfig where it is told, but never over a foreign one', async () => {
    const run = orlop('serve', '--port', '0', '--kubeconfig', 'cluster.yaml');
    await ready(run);
    expect(existsSync(join(cwd, 'cluster.yaml'))).toBe(true);
    await run.interrupt();
    expect(existsSync(join(cwd, 'cluster.yaml'))).toBe(false);
    writeFileSync(join(cwd, 'mine.yaml'), 'apiVersion: v1\n');
    const refused = orlop('serve', '--port', '0', '--kubeconfig', 'mine.yaml');
    expect(await refused.exited).toBe(1);
    expect(refused.stderr()).toMatch(/mine\.yaml exists and is not Orlop's/);
  });

  it('exec: sets KUBECONFIG, runs the command, returns its exit code', async () => {
    const script = `
      const { readFileSync } = require('node:fs');
      const server = /"server": "(.*?)"/.exec(readFileSync(process.env.KUBECONFIG, 'utf8'))[1];
      fetch(server + '/version').then((r) => r.json()).then((v) => { console.log(v.gitVersion, process.env.KUBECONFIG); process.exit(7); });
    `;
    const run = orlop('exec', '--', process.execPath, '-e', script);
    expect(await run.exited).toBe(7);
    const [version, kubeconfig] = run.stdout().trim().split(' ');
    expect(version).toMatch(/^v1\.36\./);
    expect(existsSync(kubeconfig!)).toBe(false);
  });

  it('exec: passes options of the command through, and says when there is no such command', async () => {
    const run = orlop('exec', process.execPath, '-e', 'process.exit(process.argv.length)', '--', '--port', 'x');
    expect(await run.exited).toBe(3);
    const none = orlop('exec', '--', 'no-such-command-anywhere');
    expect(await none.exited).toBe(1);
    expect(none.stderr()).toContain('command not found: no-such-command-anywhere');
  });

  it('refuses bad options in words', async () => {
    for (const [args, message] of [
      [['--storage', 'mysql://x'], /no backend for "mysql:\/\/x"; known are memory:\/\/, sqlite:\/\/, etcd:\/\//],
      [['--storage', 'sqlite://'], /sqlite:\/\/ needs a path/],
      [['--storage', 'etcd://'], /etcd:\/\/ needs at least one host/],
      [['--storage', 'etcd://me@127.0.0.1:1'], /user:password/],
      [['--storage', 'etcd://127.0.0.1:1?ca=missing.pem'], /missing\.pem/],
      [['--storage', 'etcd://127.0.0.1:1'], /cannot connect to http:\/\/127\.0\.0\.1:1/],
      [['--port', 'http'], /must be a number from 0 to 65535/],
      [['--controllers', 'all'], /Allowed choices are none/],
      [['--load', 'missing.yaml', '--port', '0'], /missing\.yaml/],
      [['--nope'], /unknown option '--nope'/],
    ] as const) {
      const run = orlop(...args);
      expect(await run.exited, args.join(' ')).toBe(1);
      expect(run.stderr()).toMatch(message);
    }
  });

  it('says when the port is taken', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => blocker.once('listening', resolve));
    const { port } = blocker.address() as { port: number };
    const run = orlop('--port', String(port));
    expect(await run.exited).toBe(1);
    expect(run.stderr()).toContain(`port ${port} is taken; --port 0 takes a free one`);
    blocker.close();
  });

  it('a second process on the same file gets a clear error', async () => {
    const first = orlop('--storage', 'sqlite://./orlop.db', '--port', '0');
    await ready(first);
    const second = orlop('--storage', 'sqlite://./orlop.db', '--port', '0');
    expect(await second.exited).toBe(1);
    expect(second.stderr()).toMatch(/orlop\.db.*(in use|locked|another process)/i);
    await first.interrupt();
  });
});
