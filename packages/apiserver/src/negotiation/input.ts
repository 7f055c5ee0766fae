import { genericServerResponse, unsupportedMediaType } from '@orlop/apimachinery';
import { type Format, objectTypes } from './media-types.ts';

/**
 * The format of a request's body. Parameters and letter case do not count; without a type it is JSON.
 * @throws UnsupportedMediaType (415)
 */
export function bodyFormat(contentType: string | undefined): Format {
  if (contentType === undefined || contentType === '' || contentType === 'application/json') return 'json';
  const type = contentType.split(';', 1)[0]!.trim().toLowerCase();
  if (type === 'application/json') return 'json';
  if (type === 'application/yaml') return 'yaml';
  throw unsupportedMediaType(objectTypes);
}

export type PatchType = 'json' | 'merge' | 'strategic' | 'apply';

const patchTypes: Readonly<Record<string, PatchType>> = {
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
  'application/apply-patch+yaml': 'apply',
};

/**
 * How to read a patch. The type is compared letter by letter.
 * @throws UnsupportedMediaType with the router's text
 */
export function patchTypeOf(contentType: string | undefined): PatchType {
  const found = patchTypes[(contentType ?? '').split(';', 1)[0]!.trim()];
  if (found === undefined) throw genericServerResponse(415, { serverMessage: '415: Unsupported Media Type' });
  return found;
}

export const patchContentTypes: readonly string[] = Object.keys(patchTypes);
