import type { KubernetesObject, Stored } from '@orlop/apimachinery';
import { settleNamespace } from '@orlop/rest';
import { documentText } from '../answer/represent.ts';
import { dedupeOwnerReferences } from '../body/owner-references.ts';
import type { Call } from '../http/call.ts';
import type { Target } from '../resources.ts';
import type { Handling } from './handling.ts';

/** Namespace and owner references of an object that is to be written. May change it. @throws BadRequest */
export function settleMetadata(call: Call, target: Target, object: KubernetesObject): void {
  settleNamespace(call, object.metadata, target.namespaced);
  dedupeOwnerReferences(object.metadata, false, (text) => call.warn(text));
}

/**
 * Who owns which field after this write. Without a field manager nobody does: what the client says about it is dropped.
 */
export function trackFields(
  server: Handling,
  target: Target,
  live: KubernetesObject | undefined,
  object: KubernetesObject,
  manager: string,
): KubernetesObject {
  const fields = server.fieldManagers.of(target);
  if (fields !== undefined) return fields.update(live, object, manager);
  delete object.metadata.managedFields;
  return object;
}

/** The live object in the version of the path. */
export function versioned(target: Target, old: Stored): KubernetesObject {
  if (old.object.apiVersion === target.apiVersion) return old.object;
  return JSON.parse(documentText(target, old)) as KubernetesObject;
}
