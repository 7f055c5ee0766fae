import { formatTime, type ObjectMeta, type Runtime } from '@orlop/apimachinery';

/** What only the server may set. */
const ownedByServer = [
  'uid',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'selfLink',
] as const satisfies readonly (keyof ObjectMeta)[];

/**
 * Drops what a client may not choose from the metadata of an object to create, so that the output of `get` can be created
 * again. A resourceVersion stays: the storage refuses it.
 */
export function wipeSystemFields(metadata: ObjectMeta): void {
  for (const field of ownedByServer) if (metadata[field] !== undefined) delete metadata[field];
}

/** Gives an object its identity: a uid and the time of its creation. */
export function fillSystemFields(metadata: ObjectMeta, runtime: Runtime): void {
  metadata.creationTimestamp = formatTime(runtime.clock.now());
  metadata.uid = runtime.random.uuid();
}

/** Whether `fillSystemFields` has run. */
export function hasSystemFields(metadata: ObjectMeta): boolean {
  return (metadata.uid ?? '') !== '' && (metadata.creationTimestamp ?? '') !== '';
}
