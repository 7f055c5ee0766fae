import { readFileSync } from 'node:fs';
import type { VersionInfo } from '@orlop/apiserver';

/** Version of this package. */
export const orlopVersion: string = (
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
).version;

const architectures: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386' };

/** What /version answers: the release whose API this is, so that clients know what they may expect of it. */
export const versionInfo: VersionInfo = {
  major: '1',
  minor: '36',
  emulationMajor: '1',
  emulationMinor: '36',
  minCompatibilityMajor: '1',
  minCompatibilityMinor: '35',
  gitVersion: `v1.36.3+orlop.${orlopVersion}`,
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '1970-01-01T00:00:00Z',
  // Clients only print these.
  goVersion: `node${process.versions.node}`,
  compiler: 'v8',
  platform: `${process.platform}/${architectures[process.arch] ?? process.arch}`,
};
