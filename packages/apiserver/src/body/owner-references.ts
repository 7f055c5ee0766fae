import type { ObjectMeta, OwnerReference } from '@orlop/apimachinery';

/**
 * Drops owner references that stand there twice, with a warning that names their uids.
 * @param afterAdmission the text says that a mutating plugin brought them
 */
export function dedupeOwnerReferences(
  metadata: ObjectMeta,
  afterAdmission: boolean,
  warn: (text: string) => void,
): void {
  const { ownerReferences } = metadata;
  if (ownerReferences === undefined || ownerReferences.length < 2) return;
  const kept: OwnerReference[] = [];
  const dropped: string[] = [];
  for (const reference of ownerReferences) {
    if (kept.some((other) => sameReference(other, reference))) dropped.push(reference.uid);
    else kept.push(reference);
  }
  if (dropped.length === 0) return;
  metadata.ownerReferences = kept;
  const where = afterAdmission ? ' after mutating admission happens' : '';
  warn(
    `.metadata.ownerReferences contains duplicate entries${where}; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: ${dropped.join(', ')}`,
  );
}

function sameReference(a: OwnerReference, b: OwnerReference): boolean {
  return (
    a.uid === b.uid &&
    a.apiVersion === b.apiVersion &&
    a.kind === b.kind &&
    a.name === b.name &&
    a.controller === b.controller &&
    a.blockOwnerDeletion === b.blockOwnerDeletion
  );
}
