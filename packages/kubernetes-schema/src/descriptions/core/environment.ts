import type { Descriptions } from '../descriptions.ts';

/** Environment variables and where they come from. */
export const environmentDescriptions: Descriptions = {
  ConfigMapEnvSource: {
    '': 'Makes a variable of every key of a ConfigMap.',
    name: 'Name of the ConfigMap.',
    optional: 'Whether the ConfigMap may be missing. The default is false.',
  },
  ConfigMapKeySelector: {
    '': 'Takes the value of one key of a ConfigMap.',
    name: 'Name of the ConfigMap.',
    key: 'The key.',
    optional: 'Whether the ConfigMap or its key may be missing. The default is false.',
  },
  EnvFromSource: {
    '': 'A ConfigMap or Secret whose every key becomes a variable. Exactly one of the two is given.',
    prefix: 'Text put before every key. The default is none.',
    configMapRef: 'The ConfigMap.',
    secretRef: 'The Secret.',
  },
  EnvVar: {
    '': 'An environment variable.',
    name: 'Name of the variable: any printable ASCII characters but =.',
    value:
      'Its value. $(NAME) is replaced by a variable defined before, $$(NAME) stays as $(NAME). The default is empty.',
    valueFrom: 'Where its value comes from. Not together with value.',
  },
  EnvVarSource: {
    '': 'Where the value of a variable comes from. Exactly one source is given.',
    fieldRef:
      'A field of the pod: metadata.name, metadata.namespace, metadata.uid, one label or annotation, spec.nodeName, spec.serviceAccountName, or an address in status.',
    resourceFieldRef: 'A request or limit of a container.',
    configMapKeyRef: 'A key of a ConfigMap in the namespace of the pod.',
    secretKeyRef: 'A key of a Secret in the namespace of the pod.',
    fileKeyRef: 'A key in a file on a volume of the pod.',
  },
  FileKeySelector: {
    '': 'Takes the value of one key in a file of variables.',
    volumeName: 'Name of the emptyDir volume that holds the file.',
    path: 'Path of the file within the volume, relative and without two dots.',
    key: 'The key in the file, at most 128 characters.',
    optional: 'Whether the file or its key may be missing; the variable is then not set. The default is false.',
  },
  ObjectFieldSelector: {
    '': 'Selects a field of the pod.',
    apiVersion: 'Version in which fieldPath is written. The default is v1.',
    fieldPath: "Path of the field, such as metadata.name or metadata.labels['app'].",
  },
  SecretEnvSource: {
    '': 'Makes a variable of every key of a Secret.',
    name: 'Name of the Secret.',
    optional: 'Whether the Secret may be missing. The default is false.',
  },
  SecretKeySelector: {
    '': 'Takes the value of one key of a Secret.',
    name: 'Name of the Secret.',
    key: 'The key.',
    optional: 'Whether the Secret or its key may be missing. The default is false.',
  },
};
