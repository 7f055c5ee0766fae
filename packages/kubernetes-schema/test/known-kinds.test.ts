import { knownKinds } from '@orlop/kubernetes-schema/known-kinds';
import { expect, it } from 'vitest';

it('knows the kinds of the release, served or gone', () => {
  const names = new Set(knownKinds().map(({ group, version, kind }) => `${group}/${version} ${kind}`));
  for (const name of [
    '/v1 Pod',
    '/v1 DeleteOptions',
    'apps/v1 Deployment',
    'apps/v1beta2 DaemonSet',
    'extensions/v1beta1 Deployment',
    'storage.k8s.io/v1 WatchEvent',
  ]) {
    expect(names, name).toContain(name);
  }
  expect(names.has('apps/v9 Deployment')).toBe(false);
  expect(names.size).toBe(knownKinds().length);
});
