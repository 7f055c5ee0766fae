import type { Descriptions } from '../descriptions.ts';

const mode = 'Permissions of the file, from 0 to 0777 in octal or 511 in decimal. By default those of the volume.';
const defaultMode =
  'Permissions of files that have none of their own, from 0 to 0777 in octal or 511 in decimal. The default is 0644.';
const items = 'The keys that become files, and their paths. By default every key becomes a file of its name.';

/** Volumes whose files come from objects of the API. */
export const projectedVolumeDescriptions: Descriptions = {
  ClusterTrustBundleProjection: {
    '': 'Trust anchors as one PEM file: either of one ClusterTrustBundle by name, or of those of a signer.',
    name: 'Name of the ClusterTrustBundle. Not together with signerName and labelSelector.',
    signerName: 'Signer whose bundles are put together. Not together with name.',
    labelSelector: 'Selects among the bundles of the signer. None when absent; all when empty.',
    optional: 'Whether the bundles may be missing; the file is then empty. The default is false.',
    path: 'Path of the file within the volume.',
  },
  ConfigMapProjection: {
    '': 'Keys of a ConfigMap as files of a projected volume.',
    name: 'Name of the ConfigMap.',
    items,
    optional: 'Whether the ConfigMap or its keys may be missing. The default is false.',
  },
  ConfigMapVolumeSource: {
    '': 'Keys of a ConfigMap as files. They follow changes of the ConfigMap.',
    name: 'Name of the ConfigMap.',
    items,
    defaultMode,
    optional: 'Whether the ConfigMap or its keys may be missing. The default is false.',
  },
  DownwardAPIProjection: {
    '': 'Fields of the pod as files of a projected volume.',
    items: 'The files.',
  },
  DownwardAPIVolumeFile: {
    '': 'A file with a field of the pod. Exactly one of fieldRef and resourceFieldRef is given.',
    path: 'Path of the file within the volume, relative and without two dots.',
    fieldRef: 'A field of the metadata: name, namespace, uid, labels or annotations.',
    resourceFieldRef: 'A request or limit of a container.',
    mode,
  },
  DownwardAPIVolumeSource: {
    '': 'Fields of the pod as files. They follow changes of labels and annotations.',
    items: 'The files.',
    defaultMode,
  },
  KeyToPath: {
    '': 'Which key becomes which file.',
    key: 'The key.',
    path: 'Path of the file within the volume, relative and without two dots.',
    mode,
  },
  PodCertificateProjection: {
    '': 'A private key and a certificate for it, made for the pod and renewed in time.',
    signerName: 'Signer that issues the certificate.',
    keyType: 'Type of the key: RSA3072, RSA4096, ECDSAP256, ECDSAP384, ECDSAP521 or ED25519.',
    maxExpirationSeconds:
      'Longest life of the certificate in seconds, from 3600 to 7862400 (91 days); the signer may choose less. The default is 86400.',
    credentialBundlePath:
      'Path of a file with the key and the certificates in PEM. One file is always consistent, unlike two.',
    keyPath: 'Path of a file with the key alone. It may be newer or older than the certificates for a moment.',
    certificateChainPath: 'Path of a file with the certificates alone.',
    userAnnotations: 'Further information for the signer, which nobody has verified. Keys need a domain as prefix.',
  },
  ProjectedVolumeSource: {
    '': 'Several sources as files of one directory.',
    sources: 'The sources.',
    defaultMode,
  },
  SecretProjection: {
    '': 'Keys of a Secret as files of a projected volume.',
    name: 'Name of the Secret.',
    items,
    optional: 'Whether the Secret or its keys may be missing. The default is false.',
  },
  SecretVolumeSource: {
    '': 'Keys of a Secret as files. They follow changes of the Secret and are never written to a disk.',
    secretName: 'Name of the Secret.',
    items,
    defaultMode,
    optional: 'Whether the Secret or its keys may be missing. The default is false.',
  },
  ServiceAccountTokenProjection: {
    '': 'A token of the service account of the pod, renewed in time.',
    audience: 'For whom the token is; others must refuse it. The default is the API server.',
    expirationSeconds:
      'Life of the token in seconds, at least 600. It is renewed after four fifths of it, or after a day. The default is 3600.',
    path: 'Path of the file within the volume.',
  },
  VolumeProjection: {
    '': 'One source of a projected volume. Exactly one is given.',
    secret: 'Keys of a Secret.',
    downwardAPI: 'Fields of the pod.',
    configMap: 'Keys of a ConfigMap.',
    serviceAccountToken: 'A token of the service account.',
    clusterTrustBundle: 'Trust anchors of ClusterTrustBundles.',
    podCertificate: 'A private key and a certificate for the pod.',
  },
};
