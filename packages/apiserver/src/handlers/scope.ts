import { badRequest, goQuote, type KubernetesObject, notFound, pathSegmentName } from '@orlop/apimachinery';
import type { Call } from '../http/call.ts';
import type { Target } from '../resources.ts';
import { methodNotAllowed } from '../router.ts';

/** The name in the path. @throws BadRequest when it is empty or no name, or the namespace is empty */
export function nameOf(call: Call, target: Target): string {
  const name = writtenName(call, target);
  const faults = pathSegmentName(name, false);
  if (faults.length > 0) throw badRequest(`Name parameter invalid: ${goQuote(name)}: ${faults.join(';')}`);
  return name;
}

/**
 * The name in the path, whether a name or not: for those who look at the body before.
 * @throws BadRequest when it or the namespace is empty
 */
export function writtenName(call: Call, target: Target): string {
  const { name } = call.request;
  if (name === '') throw badRequest('name must be provided');
  checkNamespace(call, target);
  return name;
}

/** @throws BadRequest when the path has an empty namespace */
export function checkNamespace(call: Call, target: Target): void {
  if (target.namespaced && call.request.namespace === '') throw badRequest('Namespace parameter required.');
}

/** The storage behind a path, as something that has a capability. @throws MethodNotAllowed */
export function capable<T>(target: Target, is: (storage: never) => boolean): T {
  const { storage } = target;
  if (storage === undefined || !(is as (storage: unknown) => boolean)(storage)) throw methodNotAllowed();
  return storage as T;
}

/** @throws BadRequest unless an object to write bears the name in the path */
export function checkName(object: KubernetesObject, name: string): void {
  const given = object.metadata.name ?? '';
  if (given === '') {
    throw badRequest(`the name of the object (${name} based on URL) was undeterminable: name must be provided`);
  }
  if (given !== name) {
    throw badRequest(`the name of the object (${given}) does not match the name on the URL (${name})`);
  }
}

/** The error for an object that is not there, in the words of this path. */
export function missing(target: Target, name: string): Error {
  return notFound(target.entry.groupResource, name);
}
