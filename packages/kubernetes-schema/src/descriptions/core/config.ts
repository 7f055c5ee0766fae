import type { Descriptions } from '../descriptions.ts';
import { listOf, objectFields } from '../recurring-texts.ts';

/** What pods are configured with: ConfigMap, Secret and ServiceAccount. */
export const configDescriptions: Descriptions = {
  ConfigMap: {
    '': 'Configuration that pods read as environment variables or files. Not for secrets. At most 1 MiB in all.',
    ...objectFields,
    immutable: 'When true, the data cannot be changed and the field cannot be unset; the object can only be deleted.',
    data: 'Texts by key. A key has letters, digits, dots, dashes and underscores, and is not in binaryData too.',
    binaryData:
      'Bytes by key, in base64. A key has letters, digits, dots, dashes and underscores, and is not in data too.',
  },
  ConfigMapList: listOf('ConfigMaps'),
  Secret: {
    '': 'Confidential data, such as passwords, tokens and keys. At most 1 MiB in all.',
    ...objectFields,
    immutable: 'When true, the data cannot be changed and the field cannot be unset; the object can only be deleted.',
    data: 'Bytes by key, in base64. A key has letters, digits, dots, dashes and underscores.',
    stringData:
      'Texts by key, as a convenience in writing: the server puts them into data, over what is there, and never answers them.',
    type: 'What the secret is for, such as kubernetes.io/tls; some types need certain keys. The default is Opaque. It cannot be changed.',
  },
  SecretList: listOf('Secrets'),
  ServiceAccount: {
    '': 'An identity for the processes in pods.',
    ...objectFields,
    secrets:
      'Secrets that pods of this account may use; binding only where the annotation kubernetes.io/enforce-mountable-secrets is true, which is deprecated.',
    imagePullSecrets:
      'Secrets in the same namespace with which images are pulled, for pods that name none of their own.',
    automountServiceAccountToken:
      'Whether pods of this account get a token mounted. A pod may say otherwise. The default is true.',
  },
  ServiceAccountList: listOf('ServiceAccounts'),
};
