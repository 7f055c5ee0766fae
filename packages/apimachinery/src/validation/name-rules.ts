import { isDNS1035Label, isDNS1123Label, isDNS1123Subdomain, type TextRule } from './dns-names.ts';

/** What names a resource allows; `prefix` is true for a generateName, to which more text comes. */
export type NameRule = (name: string, prefix: boolean) => string[];

function nameRule(rule: TextRule): NameRule {
  return (name, prefix) => rule(prefix ? maskTrailingDash(name) : name);
}

/**
 * A dash at the end of a prefix is fine because more text follows. Upstream replaces the last *two* characters by one
 * letter, so `a.-` passes; clients can see that, so it stays.
 */
function maskTrailingDash(name: string): string {
  return name.length > 1 && name.endsWith('-') ? `${name.slice(0, -2)}a` : name;
}

export const nameIsDNSSubdomain: NameRule = nameRule(isDNS1123Subdomain);
export const nameIsDNSLabel: NameRule = nameRule(isDNS1123Label);
export const nameIsDNS1035Label: NameRule = nameRule(isDNS1035Label);
