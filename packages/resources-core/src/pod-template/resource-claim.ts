import { fieldError } from '@orlop/apimachinery';
import type { PodResourceClaim } from '@orlop/kubernetes-schema/core/v1';
import { coreV1 } from '@orlop/kubernetes-schema/core/v1';
import {
  check,
  dnsLabel,
  dnsSubdomain,
  each,
  field,
  type Rule,
  required,
  rule,
  rules,
  scope,
  sharing,
} from '@orlop/rest/rules';
import { internalValue } from './internal-value.ts';

const claimNames = scope<Set<string>>('resource claim names');

/** A repeated name is only that; a new one must be a label. */
const ownName: Rule<string> = rule('claimName', (name, path, context) => {
  const names = context.scope(claimNames);
  if (names.has(name)) return fieldError.duplicate(path, name);
  names.add(name);
  return dnsLabel.check(name, path, context);
});

const resourceClaimRules = rules<PodResourceClaim>((at) => [
  field(at.name, required, ownName),
  check(function oneSource(claim, path) {
    const sources = [claim.resourceClaimName, claim.resourceClaimTemplateName].filter((name) => name !== undefined);
    if (sources.length === 1) return undefined;
    const detail =
      sources.length > 1
        ? 'at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified'
        : 'must specify one of: `resourceClaimName`, `resourceClaimTemplateName`';
    return fieldError.invalid(path, internalValue(coreV1('PodResourceClaim'), claim), detail);
  }),
  field(at.resourceClaimName, dnsSubdomain),
  field(at.resourceClaimTemplateName, dnsSubdomain),
]);

export const resourceClaimsRule: Rule<readonly PodResourceClaim[]> = sharing(
  claimNames,
  () => new Set(),
  each(resourceClaimRules),
);
