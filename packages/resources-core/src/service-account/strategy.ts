import type { ServiceAccount } from '@orlop/kubernetes-schema/core/v1';
import type { Strategy } from '@orlop/rest';
import { validateServiceAccount, validateServiceAccountUpdate } from './validation.ts';

export const serviceAccountStrategy: Strategy<ServiceAccount> = {
  allowUnconditionalUpdate: true,
  returnDeletedObject: true,
  prepareForCreate: (_context, account) => keepNamesOnly(account),
  validate: (_context, account) => validateServiceAccount(account),
  warningsOnCreate: (_context, account) => warnings(account),
  prepareForUpdate: (_context, account) => keepNamesOnly(account),
  validateUpdate: (_context, account, old) => validateServiceAccountUpdate(account, old),
  warningsOnUpdate: (_context, account, old) => (hasEnforcement(old) ? [] : warnings(account)),
};

/** References to Secrets name Secrets of the same namespace; whatever else a reference says is dropped. */
function keepNamesOnly(account: ServiceAccount): void {
  if (account.secrets === undefined) return;
  account.secrets = account.secrets.map(({ name }) => (name === undefined ? {} : { name }));
}

const enforcement = 'kubernetes.io/enforce-mountable-secrets';

function hasEnforcement({ metadata }: ServiceAccount): boolean {
  return Object.hasOwn(metadata.annotations ?? {}, enforcement);
}

function warnings(account: ServiceAccount): readonly string[] {
  if (!hasEnforcement(account)) return [];
  return [
    `metadata.annotations[${enforcement}]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets`,
  ];
}
