import { ApiError, newStatus, notFound } from '@orlop/apimachinery';
import type { AdmissionAttributes, AdmissionPlugin } from '@orlop/rest';
import { refusal } from '../admission/refusal.ts';

/** What the plugin looks at in a namespace. */
export interface NamespaceState {
  readonly status?: { readonly phase?: string };
}

export interface NamespaceLifecycleOptions {
  /** Reads a namespace from the store, undefined when there is none. */
  readonly getNamespace: (name: string) => Promise<NamespaceState | undefined>;
  /**
   * What a cache knows of a namespace, if there is one. An absent namespace is always looked for in the store, and so
   * is one that was deleted here in the last 30 seconds while the cache still shows it as active.
   */
  readonly cachedNamespace?: (name: string) => NamespaceState | undefined;
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: () => number;
}

/** Namespaces that a cluster cannot do without. */
const immortal: ReadonlySet<string> = new Set(['default', 'kube-system', 'kube-public']);

/** How long a cache may lag behind a deletion, in milliseconds. */
const suspicion = 30_000;

/**
 * Objects live in existing namespaces: nothing is created in a missing one (404) or in one that is being deleted (403
 * with cause NamespaceTerminating), and system namespaces are not deleted (403).
 */
export function namespaceLifecycle(options: NamespaceLifecycleOptions): AdmissionPlugin {
  const { getNamespace, cachedNamespace, now = Date.now } = options;
  const deletedAt = new Map<string, number>();

  function recentlyDeleted(name: string): boolean {
    const at = deletedAt.get(name);
    if (at === undefined) return false;
    if (now() - at < suspicion) return true;
    deletedAt.delete(name);
    return false;
  }

  async function read(name: string): Promise<NamespaceState | undefined> {
    const cached = cachedNamespace?.(name);
    const stale = cached?.status?.phase === 'Active' && recentlyDeleted(name);
    return cached === undefined || stale ? getNamespace(name) : cached;
  }

  return {
    name: 'NamespaceLifecycle',
    operations: ['CREATE', 'UPDATE', 'DELETE'],
    async admit(attributes) {
      const { operation, kind, name, namespace } = attributes;
      if (kind.group === '' && kind.kind === 'Namespace') {
        if (operation !== 'DELETE') return;
        if (immortal.has(name)) throw refusal(attributes, 'this namespace may not be deleted');
        deletedAt.set(name, now());
        return;
      }
      if (namespace === '' || operation === 'DELETE') return;
      // Whether a namespace exists is not for everyone to know who may ask about access to it.
      if (kind.group === 'authorization.k8s.io' && kind.kind === 'LocalSubjectAccessReview') return;

      const found = await read(namespace);
      if (found === undefined) throw notFound({ group: '', resource: 'namespaces' }, namespace);
      if (operation === 'CREATE' && found.status?.phase === 'Terminating') throw terminating(attributes);
    },
  };
}

function terminating(attributes: AdmissionAttributes): ApiError {
  const { namespace } = attributes;
  const { status } = refusal(
    attributes,
    `unable to create new content in namespace ${namespace} because it is being terminated`,
  );
  return new ApiError(
    newStatus({
      ...status,
      status: 'Failure',
      details: {
        ...status.details,
        causes: [
          {
            reason: 'NamespaceTerminating',
            message: `namespace ${namespace} is being terminated`,
            field: 'metadata.namespace',
          },
        ],
      },
    }),
  );
}
