import {
  genericServerResponse,
  type ObjectSerializer,
  type Serializer,
  unsupportedMediaType,
} from '@orlop/apimachinery';
import type { TypeNode } from '@orlop/schema';
import { type Format, plainTypes } from './media-types.ts';

/** How a request's body is written: in a format of our own, or as one of the server's serializers has it. */
export type BodyFormat = Format | Serializer;

/**
 * How the body of a request for a type is written. Parameters and letter case do not count; without a media type it is
 * JSON.
 * @throws UnsupportedMediaType (415)
 */
export function bodyFormat(
  contentType: string | undefined,
  serializers: readonly Serializer[],
  body: TypeNode,
): BodyFormat {
  if (contentType === undefined || contentType === '' || contentType === 'application/json') return 'json';
  const type = contentType.split(';', 1)[0]!.trim().toLowerCase();
  if (type === 'application/json') return 'json';
  if (type === 'application/yaml') return 'yaml';
  const usable = serializers.filter((serializer) => serializer.supports(body));
  const found = usable.find(({ mediaType }) => mediaType === type);
  if (found !== undefined) return found;
  throw unsupportedMediaType([...plainTypes, ...usable.map(({ mediaType }) => mediaType)]);
}

/** What reads a body of a type. Serializers load for it, so it is asked for only when the body is there. */
export async function bodyReader(format: BodyFormat, body: TypeNode): Promise<Format | ObjectSerializer> {
  return typeof format === 'string' ? format : format.load(body);
}

export type PatchType = 'json' | 'merge' | 'strategic' | 'apply';

const patchTypes: ReadonlyMap<string, PatchType> = new Map(
  Object.entries({
    'application/json-patch+json': 'json',
    'application/merge-patch+json': 'merge',
    'application/strategic-merge-patch+json': 'strategic',
    'application/apply-patch+yaml': 'apply',
  }),
);

/**
 * How to read a patch. The type is compared letter by letter.
 * @throws UnsupportedMediaType with the router's text
 */
export function patchTypeOf(contentType: string | undefined): PatchType {
  const found = patchTypes.get((contentType ?? '').split(';', 1)[0]!.trim());
  if (found === undefined) throw genericServerResponse(415, { serverMessage: '415: Unsupported Media Type' });
  return found;
}

export const patchContentTypes: readonly string[] = [...patchTypes.keys()];
