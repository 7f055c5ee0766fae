import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Kubectl, kubectlFor } from '../kubectl/run-kubectl.ts';
import { startTestServer, type TestServer } from '../server/start-test-server.ts';

/**
 * Manifests of well-known kinds of applications, through the real kubectl onto SQLite: they apply, read back, re-apply as
 * unchanged, survive a restart, and delete. On a real kube-apiserver each step gives the same words.
 */
const folder = fileURLToPath(new URL('../../examples/manifests/', import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const scratch = mkdtempSync(join(tmpdir(), 'orlop-manifests-'));
const storage = `sqlite://${join(scratch, 'data.db')}`;

let server: TestServer;
let kubectl: Kubectl;

async function restart(): Promise<void> {
  kubectl?.close();
  await server?.close();
  server = await startTestServer({ storage });
  kubectl = kubectlFor(server);
}

beforeAll(restart);
afterAll(async () => {
  kubectl?.close();
  await server?.close();
  rmSync(scratch, { recursive: true, force: true });
});

/** Last words of each line: `deployment.apps/web created` → `created`. */
const outcomes = (text: string): Set<string> =>
  new Set(
    text
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ').at(-1)!),
  );

const read = async (file: string): Promise<unknown> =>
  JSON.parse((await kubectl(['get', '-f', join(folder, file), '-o', 'json'])).stdout);

describe('manifests', () => {
  it('are at least ten', () => {
    expect(files.length).toBeGreaterThanOrEqual(10);
  });

  const before = new Map<string, unknown>();

  it.each(files)('%s applies, and again without a change', async (file) => {
    const first = await kubectl(['apply', '-f', join(folder, file)]);
    expect(first).toMatchObject({ code: 0 });
    expect(outcomes(first.stdout)).toEqual(new Set(['created']));
    const second = await kubectl(['apply', '-f', join(folder, file)]);
    expect(second).toMatchObject({ code: 0 });
    expect(outcomes(second.stdout)).toEqual(new Set(['unchanged']));
    before.set(file, await read(file));
  });

  it('survive a restart to the letter', async () => {
    await restart();
    for (const file of files) expect(await read(file)).toEqual(before.get(file));
  });

  it.each(files)('%s is still unchanged after the restart', async (file) => {
    const again = await kubectl(['apply', '-f', join(folder, file)]);
    expect(outcomes(again.stdout)).toEqual(new Set(['unchanged']));
  });

  it.each(files)('%s deletes', async (file) => {
    // Namespaces stay Terminating: nothing empties them without the namespace controller.
    const deleted = await kubectl(['delete', '--wait=false', '-f', join(folder, file)]);
    expect(deleted).toMatchObject({ code: 0 });
    const left = await kubectl(['get', '-f', join(folder, file), '-o', 'name', '--ignore-not-found']);
    // Pods bound to a node wait for its kubelet.
    expect(left.stdout.split('\n').filter((name) => name !== '' && !/^(namespace|pod)\//.test(name))).toEqual([]);
  });
});
