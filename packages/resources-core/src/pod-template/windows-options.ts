import { fieldError } from '@orlop/apimachinery';
import type { WindowsSecurityContextOptions } from '@orlop/kubernetes-schema/core/v1';
import { dnsSubdomain, field, type Rule, rule, rules } from '@orlop/rest/rules';

const credentialSpecKiB = 64;
const domainLength = 256;
const userLength = 104;

const netBios = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/;
const dnsLabel = '[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?';
const dnsDomain = new RegExp(`^${dnsLabel}(?:\\.${dnsLabel})*$`);

/** What is wrong with `DOMAIN\user`. */
function userNameComplaints(name: string): readonly string[] {
  if (name === '') return ['runAsUserName cannot be an empty string'];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\x00-\x1f\x7f]/.test(name)) return ['runAsUserName cannot contain control characters'];
  const parts = name.split('\\');
  if (parts.length > 2) return ['runAsUserName cannot contain more than one backslash'];
  const user = parts[parts.length - 1]!;
  const domain = parts.length === 2 ? parts[0]! : undefined;
  const complaints: string[] = [];
  if (domain !== undefined && domain.length >= domainLength) {
    complaints.push(`runAsUserName's Domain length must be under ${domainLength} characters`);
  }
  if (domain !== undefined && !netBios.test(domain) && !dnsDomain.test(domain)) {
    complaints.push("runAsUserName's Domain doesn't match the NetBios nor the DNS format");
  }
  if (user === '') complaints.push("runAsUserName's User cannot be empty");
  else if (user.length > userLength) {
    complaints.push(`runAsUserName's User length must not be longer than ${userLength} characters`);
  }
  if (/^[. ]+$/.test(user)) complaints.push("runAsUserName's User cannot contain only periods or spaces");
  if (/["/\\:;|=,+*?<>@[\]]/.test(user)) {
    complaints.push('runAsUserName\'s User cannot contain the following characters: "/\\:;|=,+*?<>@[]');
  }
  return complaints;
}

const credentialSpec: Rule<string> = rule('credentialSpec', (spec, path) => {
  if (spec === '') return fieldError.invalid(path, spec, 'gmsaCredentialSpec cannot be an empty string');
  if (spec.length <= credentialSpecKiB * 1024) return undefined;
  return fieldError.invalid(path, spec, `gmsaCredentialSpec size must be under ${credentialSpecKiB} KiB`);
});

export const windowsOptionsRules = rules<WindowsSecurityContextOptions>((at) => [
  field(at.gmsaCredentialSpecName, dnsSubdomain),
  field(at.gmsaCredentialSpec, credentialSpec),
  field(
    at.runAsUserName,
    rule('windowsUserName', (name, path) =>
      userNameComplaints(name).map((detail) => fieldError.invalid(path, name, detail)),
    ),
  ),
]);
