import type { ResetFields } from '@orlop/rest';
import { excludeFields, type FieldFilter, fieldSet, pathOf } from '@orlop/structured-merge';

/** What is left of a set of fields where some are thrown away. Undefined: all of it. */
export function trackedFields(reset: ResetFields | undefined): FieldFilter | undefined {
  if (reset === undefined || reset.length === 0) return undefined;
  return excludeFields(fieldSet(...reset.map((path) => pathOf(...path.split('.')))));
}
