import { type GroupVersionKind, parseApiVersion } from '@orlop/apimachinery';
import { commonKinds, kindsByVersion } from './generated/known-kinds.ts';

/**
 * Every kind that the release has, also those that no server serves any more: a body may name them without being
 * nonsense, and errors tell the difference.
 */
export function knownKinds(): readonly GroupVersionKind[] {
  return Object.entries(kindsByVersion).flatMap(([apiVersion, kinds]) => {
    const { group, version } = parseApiVersion(apiVersion)!;
    return [...kinds, ...commonKinds].map((kind) => ({ group, version, kind }));
  });
}
