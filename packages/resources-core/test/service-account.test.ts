import { expect, test } from 'vitest';
import { serviceAccount } from '../src/service-account/index.ts';
import { created, stored, updated } from './support/write.ts';

const annotations = { 'kubernetes.io/enforce-mountable-secrets': 'true' };

test('references to Secrets keep the name only', () => {
  const { object } = created(serviceAccount, { secrets: [{ name: 's', kind: 'Secret', namespace: 'other' }] });
  expect(object.secrets).toEqual([{ name: 's' }]);
});

test('the deprecated annotation warns when it comes, not when it stays', () => {
  const { warnings, object } = created(serviceAccount, { metadata: { annotations } });
  expect(warnings).toEqual([
    'metadata.annotations[kubernetes.io/enforce-mountable-secrets]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets',
  ]);
  object.metadata.resourceVersion = '1';
  expect(updated(serviceAccount, object, () => {}).warnings).toEqual([]);
  const plain = stored(serviceAccount, {});
  expect(
    updated(serviceAccount, plain, ({ metadata }) => Object.assign(metadata, { annotations })).warnings,
  ).toHaveLength(1);
});

test('names are subdomains, and an update says it again', () => {
  const [error] = created(serviceAccount, { metadata: { name: 'Bad_Name' } }).errors;
  expect(error).toMatch(/^metadata\.name: Invalid value: "Bad_Name": a lowercase RFC 1123 subdomain/);
});
