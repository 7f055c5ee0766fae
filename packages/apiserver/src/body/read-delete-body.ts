import { badRequest, decodeUtf8, goJson, parseYaml } from '@orlop/apimachinery';
import type { Call } from '../http/call.ts';
import { bodyFormat } from '../negotiation/input.ts';
import { readBody } from './read-body.ts';

/** The body of a DELETE as JSON text, "" without one. Only a body that is there must have a type we know. */
export async function readDeleteBody(call: Call, limit: number): Promise<string> {
  const bytes = await readBody(call, limit);
  if (bytes.length === 0) return '';
  const format = bodyFormat(call.incoming.header('content-type'));
  const text = decodeUtf8(bytes);
  if (format === 'json') return text;
  try {
    return goJson(parseYaml(text));
  } catch (error) {
    throw badRequest((error as Error).message);
  }
}
