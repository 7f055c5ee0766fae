import type { Namespace } from '@orlop/kubernetes-schema/core/v1';

/** The label by which selectors can name a namespace; it always equals the name. */
export const nameLabel = 'kubernetes.io/metadata.name';

/** Fills phase and name label. A namespace whose name is still to be generated gets its label later. */
export function applyNamespaceDefaults(namespace: Namespace): void {
  namespace.status.phase ||= 'Active';
  if (namespace.metadata.name) labelWithName(namespace);
}

/** Sets the name label, whatever it was. */
export function labelWithName(namespace: Namespace): void {
  namespace.metadata.labels = { ...namespace.metadata.labels, [nameLabel]: namespace.metadata.name ?? '' };
}
