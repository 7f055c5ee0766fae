import type { Deployment } from '@orlop/kubernetes-schema/apps/v1';
import { decimalAnnotation } from '../decimal-annotation.ts';

/** Where a wish to go back to an older revision is kept; 0 is the revision before the present one. */
export const rollbackAnnotation = 'deprecated.deployment.rollback.to';

/** Spells the revision the usual way and drops an empty wish. Throws BadRequest when it is no number. */
export function normalizeRollback(deployment: Deployment): void {
  const { annotations } = deployment.metadata;
  const text = annotations?.[rollbackAnnotation];
  if (annotations === undefined || text === undefined) return;
  if (text === '') delete annotations[rollbackAnnotation];
  else {
    const intro = `failed to parse annotation[${rollbackAnnotation}]=${text} as int64: `;
    annotations[rollbackAnnotation] = decimalAnnotation(deployment, text, intro);
  }
  if (Object.keys(annotations).length === 0) delete deployment.metadata.annotations;
}

/** The revision to go back to, undefined when there is no such wish. */
export function rollbackRevision({ metadata }: Deployment): number | undefined {
  const text = metadata.annotations?.[rollbackAnnotation];
  return text === undefined ? undefined : Number(text);
}
