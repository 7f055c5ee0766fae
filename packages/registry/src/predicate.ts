import { isDNS1123Label, type KubernetesObject } from '@orlop/apimachinery';
import type { ListOptions, RequestContext, WatchOptions } from '@orlop/rest';
import type { SelectionPredicate } from '@orlop/storage-interface';
import { collectionKey, objectKey } from './keys.ts';
import type { StoreParts } from './store-parts.ts';

/** What to read, and whether it is a collection. */
export interface Selection {
  readonly key: string;
  readonly recursive: boolean;
  readonly predicate: SelectionPredicate;
}

/**
 * Turns selectors into the smallest range of keys: a field selector on the name pins one object, one on the namespace
 * narrows a request for all namespaces. A continued list goes on in the range it began in.
 */
export function selectionOf<T extends KubernetesObject>(
  parts: StoreParts<T>,
  context: RequestContext,
  options: Pick<ListOptions | WatchOptions, 'labelSelector' | 'fieldSelector'> & { readonly continue?: string },
): Selection {
  const { fieldSelector: field, labelSelector: label } = options;
  const predicate = { label, field };
  const namespace = namespaceOf(context, field.empty ? undefined : field.requiresExactMatch('metadata.namespace'));
  const name = field.empty || (options.continue ?? '') !== '' ? undefined : field.requiresExactMatch('metadata.name');
  if (name !== undefined) {
    try {
      return { key: objectKey(parts, namespace, name), recursive: false, predicate };
    } catch {
      // A name that makes no key, or one without its namespace: the selector still decides, over the whole range.
    }
  }
  return { key: collectionKey(parts, namespace), recursive: true, predicate };
}

function namespaceOf({ request: { namespace } }: RequestContext, selected: string | undefined): string {
  if (namespace !== '' || selected === undefined) return namespace;
  return isDNS1123Label(selected).length === 0 ? selected : namespace;
}
