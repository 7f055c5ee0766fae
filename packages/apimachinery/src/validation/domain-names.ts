import { isDNS1123Label, isDNS1123Subdomain } from './dns-names.ts';
import { type FieldErrorList, fieldError } from './field-error.ts';
import type { FieldPath } from './field-path.ts';
import { isQualifiedName } from './qualified-names.ts';
import { regexError } from './regex-error.ts';

/** At least three labels, no dot at the end. */
export function validateFullyQualifiedName(name: string, path: FieldPath): FieldErrorList {
  if (name === '') return [fieldError.required(path)];
  const complaints = isDNS1123Subdomain(name);
  if (complaints.length > 0) return [fieldError.invalid(path, name, complaints.join(','))];
  if (name.split('.').length < 3) {
    return [fieldError.invalid(path, name, 'should be a domain with at least three segments separated by dots')];
  }
  return [];
}

/** At least two labels; a dot at the end is fine. */
export function validateFullyQualifiedDomainName(given: string, path: FieldPath): FieldErrorList {
  if (given === '') return [fieldError.required(path)];
  const name = given.endsWith('.') ? given.slice(0, -1) : given;
  const complaints = isDNS1123Subdomain(name);
  if (complaints.length > 0) return [fieldError.invalid(path, name, complaints.join(','))];
  const labels = name.split('.');
  if (labels.length < 2) {
    return [fieldError.invalid(path, name, 'should be a domain with at least two segments separated by dots')];
  }
  for (const label of labels) {
    const bad = isDNS1123Label(label);
    if (bad.length > 0) return [fieldError.invalid(path, label, bad.join(','))];
  }
  return [];
}

const httpPathSource = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
const httpPath = new RegExp(`^${httpPathSource}$`);

/** `acme.io/foo`: a subdomain, a slash and an HTTP path. */
export function validateDomainPrefixedPath(value: string, path: FieldPath): FieldErrorList {
  if (value === '') return [fieldError.required(path)];
  const slash = value.indexOf('/');
  if (slash <= 0 || slash === value.length - 1) {
    return [fieldError.invalid(path, value, 'must be a domain-prefixed path (such as "acme.io/foo")')];
  }
  const host = value.slice(0, slash);
  const rest = value.slice(slash + 1);
  const errors = isDNS1123Subdomain(host).map((complaint) => fieldError.invalid(path, host, complaint));
  if (!httpPath.test(rest)) errors.push(fieldError.invalid(path, rest, regexError('Invalid path', httpPathSource)));
  return errors;
}

/** `acme.io/foo`: a qualified name with its prefix. */
export function validateDomainPrefixedKey(value: string, path: FieldPath): FieldErrorList {
  if (value === '') return [fieldError.required(path)];
  const complaints = isQualifiedName(value);
  if (complaints.length > 0) return complaints.map((complaint) => fieldError.invalid(path, value, complaint));
  if (!value.includes('/')) {
    return [fieldError.invalid(path, value, 'must be a domain-prefixed key (such as "acme.io/foo")')];
  }
  return [];
}
