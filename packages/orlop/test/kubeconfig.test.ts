import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { kubeconfigText, writeKubeconfig } from '../src/kubeconfig.ts';

const folder = mkdtempSync(join(tmpdir(), 'orlop-kubeconfig-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('kubeconfig', () => {
  it('has one context that talks to the server', () => {
    const text = kubeconfigText('http://127.0.0.1:1');
    const config = JSON.parse(text.slice(text.indexOf('\n')));
    expect(config['current-context']).toBe('orlop');
    expect(config.clusters).toMatchObject([{ name: 'orlop', cluster: { server: 'http://127.0.0.1:1' } }]);
  });

  it('is written for its owner alone, over an older one of ours, and removed', () => {
    const path = join(folder, 'new', 'config');
    writeKubeconfig(path, 'http://127.0.0.1:1');
    const remove = writeKubeconfig(path, 'http://127.0.0.1:2');
    expect(readFileSync(path, 'utf8')).toContain('127.0.0.1:2');
    expect(statSync(path).mode & 0o077).toBe(0);
    remove();
    expect(existsSync(path)).toBe(false);
  });

  it('never touches a file that is not ours', () => {
    const path = join(folder, 'theirs');
    writeFileSync(path, 'apiVersion: v1\n');
    expect(() => writeKubeconfig(path, 'http://127.0.0.1:1')).toThrow(/exists and is not Orlop's/);
    expect(readFileSync(path, 'utf8')).toBe('apiVersion: v1\n');
  });
});
