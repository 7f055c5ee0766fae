import { badRequest, decodeUtf8, goJson, type ObjectSerializer, parseYaml } from '@orlop/apimachinery';
import type { Handling } from '../handlers/handling.ts';
import type { Call } from '../http/call.ts';
import { bodyFormat, bodyReader } from '../negotiation/input.ts';
import { deleteOptionsType } from '../options/delete-options-type.ts';
import { readBody } from './read-body.ts';

/**
 * The body of a DELETE as JSON text, "" without one. Only a body that is there must have a type we know.
 * @throws UnsupportedMediaType, BadRequest, RequestEntityTooLarge
 */
export async function readDeleteBody(
  call: Call,
  { limits, serializers }: Pick<Handling, 'limits' | 'serializers'>,
): Promise<string> {
  const bytes = await readBody(call, limits.bodyBytes);
  if (bytes.length === 0) return '';
  const type = deleteOptionsType();
  const reader = await bodyReader(bodyFormat(call.incoming.header('content-type'), serializers, type), type);
  if (reader === 'json') return decodeUtf8(bytes);
  try {
    return goJson(reader === 'yaml' ? parseYaml(decodeUtf8(bytes)) : opened(reader, bytes));
  } catch (error) {
    throw badRequest((error as Error).message);
  }
}

/** A body of another kind is not looked into: its kind is what will be refused. */
function opened(reader: ObjectSerializer, bytes: Uint8Array): unknown {
  const { typeMeta, read } = reader.open(bytes);
  return typeMeta.kind === '' || typeMeta.kind === 'DeleteOptions' ? read() : typeMeta;
}
