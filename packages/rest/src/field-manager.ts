import type { KubernetesObject } from '@orlop/apimachinery';

/**
 * Keeps metadata.managedFields: who owns which field. Declared here so that the HTTP layer can call one without knowing
 * who implements it. Neither method changes what it is given.
 */
export interface FieldManager<T extends KubernetesObject = KubernetesObject> {
  /** Ownership after a create, PUT or plain patch: `next` with managedFields. `live` is undefined for a creation. */
  update(live: T | undefined, next: T, manager: string): T;

  /**
   * Merges an applied configuration into the live object.
   * @param applied the body as it was sent, without defaults
   * @throws Conflict naming the other managers, unless `force`
   */
  apply(live: T | undefined, applied: KubernetesObject, manager: string, force: boolean): T;
}
