import type { Descriptions } from '../descriptions.ts';
import { conditionOf, listOf, objectFields } from '../recurring-texts.ts';

export const namespaceDescriptions: Descriptions = {
  Namespace: {
    '': 'A space for names: objects in different namespaces may have the same name. Deleting it deletes everything inside.',
    ...objectFields,
    spec: 'What must happen before the namespace is removed.',
    status: 'Whether the namespace is in use or being emptied.',
  },
  NamespaceCondition: conditionOf(
    'Namespace',
    'Conditions tell what hinders the deletion, such as NamespaceContentRemaining or NamespaceFinalizersRemaining.',
  ),
  NamespaceList: listOf('Namespaces'),
  NamespaceSpec: {
    '': 'The desired state of a Namespace.',
    finalizers:
      'Parties that must agree before the namespace is removed; they are taken off through the finalize subresource. The server adds kubernetes.',
  },
  NamespaceStatus: {
    '': 'The observed state of a Namespace.',
    phase: 'Active, or Terminating once its deletion was asked for: then nothing can be created in it.',
    conditions: 'What hinders the deletion, one for each type of condition.',
  },
};
