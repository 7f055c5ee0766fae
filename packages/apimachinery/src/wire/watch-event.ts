import type { KubernetesObject } from '../object.ts';
import type { Status } from '../status.ts';

/** One frame of a watch stream as JSON (meta/v1 WatchEvent). */
export type WatchEvent<T extends KubernetesObject = KubernetesObject> =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: T }
  | { readonly type: 'BOOKMARK'; readonly object: T }
  | { readonly type: 'ERROR'; readonly object: Status };

/** Annotation of the bookmark that ends the initial events. */
export const initialEventsEndAnnotation = 'k8s.io/initial-events-end';
