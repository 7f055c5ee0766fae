import type { Secret } from '@orlop/kubernetes-schema/core/v1';
import type { Strategy } from '@orlop/rest';
import { decodeTextBase64 } from '../keyed-data/base64.ts';
import { tlsWarning } from './tls-warning.ts';
import { validateSecret, validateSecretUpdate } from './validation.ts';

export const secretStrategy: Strategy<Secret> = {
  allowUnconditionalUpdate: true,
  validate: (_context, secret) => validateSecret(secret),
  warningsOnCreate: (_context, secret) => warnings(secret),
  prepareForUpdate(_context, secret, old) {
    if (!secret.type && old.type) secret.type = old.type;
  },
  validateUpdate: (_context, secret, old) => validateSecretUpdate(secret, old),
  warningsOnUpdate: (_context, secret) => warnings(secret),
};

function warnings({ type, data = {} }: Secret): readonly string[] {
  if (type !== 'kubernetes.io/tls') return [];
  const warning = tlsWarning(decodeTextBase64(data['tls.crt'] ?? ''), decodeTextBase64(data['tls.key'] ?? ''));
  return warning === undefined ? [] : [warning];
}
