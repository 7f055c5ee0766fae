import { type FieldErrorList, type FieldPath, fieldError, isDNS1123SubdomainWithUnderscore } from '@orlop/apimachinery';
import type { PodDNSConfig, PodSpec } from '@orlop/kubernetes-schema/core/v1';
import { below, each, field, type RuleContext, rule, rules } from '@orlop/rest/rules';
import { ipAddress } from './ip-address.ts';

/** What resolvers of the C library take. */
const mostNameservers = 3;
const mostSearches = 32;
const longestSearches = 2048;

const configRules = rules<PodDNSConfig>((at) => [
  field(
    at.nameservers,
    rule('count', (servers, path) =>
      servers.length > mostNameservers
        ? fieldError.invalid(path, servers, `must not have more than ${mostNameservers} nameservers`)
        : undefined,
    ),
    each(ipAddress),
  ),
  field(
    at.searches,
    rule('searches', (searches, path) => {
      const errors: FieldErrorList = [];
      if (searches.length > mostSearches) {
        errors.push(fieldError.invalid(path, searches, `must not have more than ${mostSearches} search paths`));
      }
      if (searches.join(' ').length > longestSearches) {
        const detail = `must not have more than ${longestSearches} characters (including spaces) in the search list`;
        errors.push(fieldError.invalid(path, searches, detail));
      }
      for (const [index, search] of searches.entries()) {
        if (search === '.') continue;
        const domain = search.replace(/\.$/, '');
        for (const detail of isDNS1123SubdomainWithUnderscore(domain)) {
          errors.push(fieldError.invalid(path.index(index), domain, detail));
        }
      }
      return errors;
    }),
  ),
  field(
    at.options,
    each(
      rule('named', ({ name = '' }, path) =>
        name === '' ? fieldError.required(path, 'must not be empty') : undefined,
      ),
    ),
  ),
]);

/** Without a policy of Kubernetes the pod must bring its own name servers. */
export function dnsConfig(spec: PodSpec, path: FieldPath | undefined, context: RuleContext): FieldErrorList {
  const here = below(path, 'dnsConfig');
  const config = spec.dnsConfig;
  if (spec.dnsPolicy === 'None') {
    if (config === undefined) {
      return [fieldError.required(here, 'must provide `dnsConfig` when `dnsPolicy` is None')];
    }
    if ((config.nameservers ?? []).length === 0) {
      const detail = 'must provide at least one DNS nameserver when `dnsPolicy` is None';
      return [fieldError.required(here.child('nameservers'), detail)];
    }
  }
  return config === undefined ? [] : configRules.validate(config, here, context);
}
