import type { Namespace } from '@orlop/kubernetes-schema/core/v1';
import type { Strategy, UpdateStrategy } from '@orlop/rest';
import { labelWithName } from './defaults.ts';
import {
  validateNamespace,
  validateNamespaceFinalizeUpdate,
  validateNamespaceStatusUpdate,
  validateNamespaceUpdate,
} from './validation.ts';

/** Held by every namespace from its creation until a controller has emptied it. */
export const namespaceFinalizer = 'kubernetes';

export const namespaceStrategy: Strategy<Namespace> = {
  allowUnconditionalUpdate: true,
  resetFields: ['status'],
  returnDeletedObject: true,
  prepareForCreate(_context, namespace) {
    namespace.status = { phase: 'Active' };
    const finalizers = namespace.spec.finalizers ?? [];
    if (!finalizers.includes(namespaceFinalizer)) namespace.spec.finalizers = [...finalizers, namespaceFinalizer];
  },
  validate: (_context, namespace) => validateNamespace(namespace),
  prepareForUpdate(_context, namespace, old) {
    keepFinalizers(namespace, old);
    namespace.status = old.status;
  },
  validateUpdate: (_context, namespace, old) => validateNamespaceUpdate(namespace, old),
  // A generated name was not known when defaults were filled in.
  canonicalize: labelWithName,
  /** Besides metadata.finalizers, which the store has looked at, spec.finalizers hold a namespace. */
  shouldDeleteDuringUpdate: (_context, { spec }) => (spec.finalizers ?? []).length === 0,
};

export const namespaceStatusStrategy: UpdateStrategy<Namespace> = {
  allowUnconditionalUpdate: true,
  resetFields: ['spec'],
  prepareForUpdate(_context, namespace, old) {
    namespace.spec = old.spec;
  },
  validateUpdate: (_context, namespace, old) => validateNamespaceStatusUpdate(namespace, old),
  canonicalize: labelWithName,
};

export const namespaceFinalizeStrategy: UpdateStrategy<Namespace> = {
  allowUnconditionalUpdate: true,
  resetFields: ['status'],
  prepareForUpdate(_context, namespace, old) {
    namespace.status = old.status;
  },
  validateUpdate: (_context, namespace, old) => validateNamespaceFinalizeUpdate(namespace, old),
  canonicalize: labelWithName,
};

function keepFinalizers(namespace: Namespace, { spec: { finalizers } }: Namespace): void {
  if (finalizers === undefined) delete namespace.spec.finalizers;
  else namespace.spec.finalizers = finalizers;
}
