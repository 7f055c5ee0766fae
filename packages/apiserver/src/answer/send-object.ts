import { goJson, isApiError, type Status, type Stored } from '@orlop/apimachinery';
import type { Call } from '../http/call.ts';
import { negotiate, type Representation } from '../negotiation/output.ts';
import type { Target } from '../resources.ts';
import { objectText, readIncludeObject } from './represent.ts';
import { sendBytes, sendJson } from './respond.ts';

/** The form that this request wants its object in. @throws NotAcceptable */
export function objectForm(call: Call): Representation {
  return negotiate(call.incoming.header('accept'), call.pretty);
}

/** Answers one object. Plain JSON goes out as it is kept. */
export function sendObject(
  call: Call,
  target: Target,
  form: Representation,
  code: number,
  stored: Stored,
  now: number,
): void {
  if (form.as === 'object' && form.format === 'json' && !form.pretty) {
    const encoded = stored.encoded(target.apiVersion, 'application/json');
    const size = encoded.byteLength('document');
    const bytes = new Uint8Array(size + 1);
    encoded.copyTo(bytes, 0, 'document');
    bytes[size] = 10;
    sendBytes(call, code, 'application/json', bytes);
    return;
  }
  const include = form.as === 'table' ? readIncludeObject(call.query.text('includeObject')) : 'Metadata';
  sendJson(call, code, objectText({ target, form, include, now }, stored), form);
}

/** Some storages answer a Status instead of an object. */
export function sendResult(
  call: Call,
  target: Target,
  form: Representation,
  code: number,
  result: Stored | Status,
  now: number,
): void {
  // A Status has no other forms, so what was asked for is answered with it as it is.
  if (isStatus(result)) sendJson(call, code, goJson(result), form);
  else sendObject(call, target, form, code, result, now);
}

function isStatus(result: Stored | Status): result is Status {
  return (result as { kind?: unknown }).kind === 'Status' && !isApiError(result);
}
