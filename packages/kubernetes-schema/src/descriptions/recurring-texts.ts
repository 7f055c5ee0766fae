import type { FieldTexts } from './descriptions.ts';

/** Fields that mean the same in every type that has them. */

export const typeFields: FieldTexts = {
  apiVersion: 'Group and version of the schema in which the object is written, such as v1 or apps/v1.',
  kind: 'Name of the type of the object, such as Pod, in CamelCase. A server can infer it from the address of a request.',
};

export const objectFields: FieldTexts = {
  ...typeFields,
  metadata: 'Name, namespace, labels and other metadata of the object.',
};

/** The texts of a list type. */
export function listOf(plural: string): FieldTexts {
  return {
    '': `A list of ${plural}, as a list request answers it.`,
    ...typeFields,
    metadata: 'Revision of the list, and where the next page starts.',
    items: `The ${plural} of this page.`,
  };
}

/** The texts of a condition of `owner`. `types` says which types there are. */
export function conditionOf(owner: string, types: string): FieldTexts {
  return {
    '': `One aspect of the state of a ${owner}, as a controller last saw it.`,
    type: `What the condition is about. ${types}`,
    status: 'Whether the condition holds: True, False or Unknown.',
    lastTransitionTime: 'When the status last changed from one value to another.',
    reason: 'One CamelCase word that tells programs why the condition is as it is.',
    message: 'Explanation of the condition for people.',
  };
}

/** Volume sources: the file system of what is mounted. */
export const fsType = 'File system of the volume, such as ext4, xfs or ntfs. The node must support it.';

/** Volume sources: whether containers may write. */
export const readOnly =
  'Mounts the volume read-only in every container, whatever the mounts say. The default is false.';
