import { readFileSync } from 'node:fs';

/** Version of this package. */
export const orlopVersion: string = (
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
).version;

/** What /version answers: the release of the API, so that clients know what they may expect. */
export const version = {
  major: '1',
  minor: '36',
  gitVersion: `v1.36.3+orlop.${orlopVersion}`,
};
