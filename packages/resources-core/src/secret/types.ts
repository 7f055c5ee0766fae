import { type FieldErrorList, fieldError, fieldPath } from '@orlop/apimachinery';
import type { Secret } from '@orlop/kubernetes-schema/core/v1';
import { parseJson } from '@orlop/schema';
import { decodeTextBase64 } from '../keyed-data/base64.ts';

/** What the built-in types of Secrets demand of their data. Types that are not listed demand nothing. */

const dataPath = fieldPath('data');

const required = (key: string) => fieldError.required(dataPath.key(key), '');

/** The entry must be there. */
const present =
  (...keys: readonly string[]) =>
  ({ data = {} }: Secret): FieldErrorList =>
    keys.filter((key) => !Object.hasOwn(data, key)).map(required);

/** The entry must be there and hold a JSON object. The fault must not show what is secret. */
const jsonObject =
  (key: string) =>
  ({ data = {} }: Secret): FieldErrorList => {
    if (!Object.hasOwn(data, key)) return [required(key)];
    const fault = jsonObjectFault(decodeTextBase64(data[key]!));
    return fault === undefined ? [] : [fieldError.invalid(dataPath.key(key), '<secret contents redacted>', fault)];
  };

function jsonObjectFault(text: string): string | undefined {
  let value: unknown;
  try {
    ({ value } = parseJson(text));
  } catch (error) {
    return (error as Error).message;
  }
  if (value === null || (typeof value === 'object' && !Array.isArray(value))) return undefined;
  const found = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
  return `json: cannot unmarshal ${found} into Go value of type map[string]interface {}`;
}

const accountName = 'kubernetes.io/service-account.name';

const demands: Readonly<Record<string, (secret: Secret) => FieldErrorList>> = {
  'kubernetes.io/service-account-token': ({ metadata }) =>
    metadata.annotations?.[accountName]
      ? []
      : [fieldError.required(fieldPath('metadata', 'annotations').key(accountName), '')],
  'kubernetes.io/dockercfg': jsonObject('.dockercfg'),
  'kubernetes.io/dockerconfigjson': jsonObject('.dockerconfigjson'),
  // One of the two is enough, and both may be empty.
  'kubernetes.io/basic-auth': (secret) => {
    const missing = present('username', 'password')(secret);
    return missing.length === 2 ? missing : [];
  },
  'kubernetes.io/ssh-auth': ({ data = {} }) => (data['ssh-privatekey'] ? [] : [required('ssh-privatekey')]),
  'kubernetes.io/tls': present('tls.crt', 'tls.key'),
};

/** Faults of a Secret's data by its type. */
export function secretTypeErrors(secret: Secret): FieldErrorList {
  return demands[secret.type ?? '']?.(secret) ?? [];
}
