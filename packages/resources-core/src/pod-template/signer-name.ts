import {
  type FieldErrorList,
  type FieldPath,
  fieldError,
  isDNS1123Label,
  isDNS1123Subdomain,
  nameIsDNSSubdomain,
} from '@orlop/apimachinery';

const longestDomain = 253;
/** A label, a dot and a subdomain. */
const longestPath = 63 + 1 + 253;

/** Names of certificate signers: `example.com/signer`. */
export function signerNameErrors(name: string, path: FieldPath): FieldErrorList {
  if (name === '') return [fieldError.required(path, '')];
  const [domain, signer, ...more] = name.split('/');
  if (domain === undefined || signer === undefined || more.length > 0) {
    const detail = "must be a fully qualified domain and path of the form 'example.com/signer-name'";
    return [fieldError.invalid(path, name, detail)];
  }
  const errors: FieldErrorList = [];
  if (domain.length > longestDomain) errors.push(fieldError.tooLong(path, '', longestDomain));
  const first = (segment: string, complaints: (label: string) => readonly string[]) => {
    const bad = segment.split('.').find((label) => complaints(label).length > 0);
    if (bad === undefined) return;
    for (const detail of complaints(bad)) {
      errors.push(fieldError.invalid(path, segment, `validating label ${JSON.stringify(bad)}: ${detail}`));
    }
  };
  first(domain, isDNS1123Label);
  if (!domain.includes('.')) {
    errors.push(fieldError.invalid(path, domain, 'should be a domain with at least two segments separated by dots'));
  }
  first(signer, isDNS1123Subdomain);
  const longest = longestDomain + longestPath + 1;
  if (name.length > longest) errors.push(fieldError.tooLong(path, '', longest));
  return errors;
}

/** Names of trust bundles: a plain name, or a signer's name with `:` for `/`, a colon and a plain name. */
export function trustBundleNameComplaints(name: string): readonly string[] {
  return nameIsDNSSubdomain(name.slice(name.lastIndexOf(':') + 1), false);
}
