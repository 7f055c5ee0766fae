import { encodeUtf8, goJson, type Status, statusOf, toYaml } from '@orlop/apimachinery';
import type { Call } from '../http/call.ts';
import { contentTypeOf, negotiateError, type Representation } from '../negotiation/output.ts';
import { indentJson } from './indent-json.ts';

/** Headers of an answer, names and values by turns. `extra` ones come last. */
export function headersOf(call: Call, contentType: string, length: number, extra: readonly string[] = []): string[] {
  const headers = ['Audit-Id', call.auditId, 'Cache-Control', 'no-cache, private', 'Content-Type', contentType];
  if (length >= 0) headers.push('Content-Length', String(length));
  headers.push(...call.warningHeaders(), ...extra);
  return headers;
}

/** Answers JSON text in the form that was asked for. */
export function sendJson(
  call: Call,
  code: number,
  json: string,
  form: Representation,
  extra: readonly string[] = [],
): void {
  const text = form.format === 'yaml' ? toYaml(JSON.parse(json)) : form.pretty ? indentJson(json) : `${json}\n`;
  sendBytes(call, code, contentTypeOf(form), encodeUtf8(text), extra);
}

export function sendBytes(
  call: Call,
  code: number,
  contentType: string,
  bytes: Uint8Array,
  extra: readonly string[] = [],
): void {
  if (call.expired || call.outgoing.started) return;
  call.outgoing.send(code, headersOf(call, contentType, bytes.length, extra), bytes);
}

/** Answers plain text, as the parts of a server that are not an API do. */
export function sendText(call: Call, code: number, text: string, extra: readonly string[] = []): void {
  if (call.expired || call.outgoing.started) return;
  const bytes = encodeUtf8(text);
  const headers = ['X-Content-Type-Options', 'nosniff', ...extra];
  call.outgoing.send(code, headersOf(call, 'text/plain; charset=utf-8', bytes.length, headers), bytes);
}

/** The plain 404 of paths that no API has. */
export function sendPathNotFound(call: Call): void {
  sendText(call, 404, '404 page not found\n');
}

/** Answers whatever was thrown. Once an answer has begun there is nothing left to say. */
export function sendError(call: Call, error: unknown): void {
  sendStatus(call, statusOf(error));
}

export function sendStatus(call: Call, status: Status, code = status.code ?? 200): void {
  const retry = status.details?.retryAfterSeconds;
  const extra = retry !== undefined && retry > 0 ? ['Retry-After', String(retry)] : [];
  const form = negotiateError(call.incoming.header('accept'), call.pretty);
  sendJson(call, code, goJson(status), form, extra);
}
