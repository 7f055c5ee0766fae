import { type ApiError, forbidden } from '@orlop/apimachinery';
import type { AdmissionAttributes } from '@orlop/rest';

/** 403 of an admission plugin. Objects whose names are still to be generated are called by the base of the name. */
export function refusal({ context: { request }, name, object }: AdmissionAttributes, text: string): ApiError {
  const shown = name || object?.metadata.name || object?.metadata.generateName || 'Unknown!';
  return forbidden({ group: request.apiGroup, resource: request.resource }, shown, text);
}
