import { requestEntityTooLarge } from '@orlop/apimachinery';
import type { Call } from '../http/call.ts';

/** The whole body. @throws RequestEntityTooLarge (413) */
export async function readBody(call: Call, limit: number): Promise<Uint8Array> {
  const bytes = await call.incoming.readBody(limit);
  if (bytes === undefined) throw requestEntityTooLarge(`limit is ${limit}`);
  return bytes;
}
