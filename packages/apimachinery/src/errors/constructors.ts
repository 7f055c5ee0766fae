import { goQuote } from '@orlop/schema';
import { type GroupResource, groupResourceText } from '../object.ts';
import { newStatus, type StatusCause, type StatusDetails, type StatusParts } from '../status.ts';
import { aggregateText } from '../validation/aggregate.ts';
import { type FieldErrorList, fieldErrorBody } from '../validation/field-error.ts';
import { ApiError } from './api-error.ts';

export interface GroupKind {
  readonly group: string;
  readonly kind: string;
}

const noResource: GroupResource = { group: '', resource: '' };

function failure(parts: Omit<StatusParts, 'status'>): ApiError {
  return new ApiError(newStatus({ status: 'Failure', ...parts }));
}

function detailsOf({ group, resource }: GroupResource, name = '', more: StatusDetails = {}): StatusDetails {
  return { name, group, kind: resource, ...more };
}

function named(resource: GroupResource, name: string): string {
  return `${groupResourceText(resource)} ${goQuote(name)}`;
}

/** 400. The text is sent as it is. */
export function badRequest(text: string): ApiError {
  return failure({ code: 400, reason: 'BadRequest', message: text });
}

/** 401 */
export function unauthorized(text = 'Unauthorized'): ApiError {
  return failure({ code: 401, reason: 'Unauthorized', message: text });
}

/** 403 `deployments.apps "web" is forbidden: text`; without a name the collection, without a resource a path is meant. */
export function forbidden(resource: GroupResource, name: string, text: string): ApiError {
  const subject = groupResourceText(resource);
  const who = subject === '' ? '' : name === '' ? `${subject} is ` : `${named(resource, name)} is `;
  return failure({
    code: 403,
    reason: 'Forbidden',
    message: `${who}forbidden: ${text}`,
    details: detailsOf(resource, name),
  });
}

/** 404 `deployments.apps "web" not found` */
export function notFound(resource: GroupResource, name: string): ApiError {
  return failure({
    code: 404,
    reason: 'NotFound',
    message: `${named(resource, name)} not found`,
    details: detailsOf(resource, name),
  });
}

/** 405 `get is not supported on resources of kind "deployments.apps"` */
export function methodNotSupported(resource: GroupResource, verb: string): ApiError {
  return failure({
    code: 405,
    reason: 'MethodNotAllowed',
    message: `${verb} is not supported on resources of kind ${goQuote(groupResourceText(resource))}`,
    details: detailsOf(resource),
  });
}

/** 406: nothing in Accept can be served. */
export function notAcceptable(accepted: readonly string[]): ApiError {
  return failure({
    code: 406,
    reason: 'NotAcceptable',
    message: `only the following media types are accepted: ${accepted.join(', ')}`,
  });
}

/** 409 `deployments.apps "web" already exists` */
export function alreadyExists(resource: GroupResource, name: string): ApiError {
  return failure({
    code: 409,
    reason: 'AlreadyExists',
    message: `${named(resource, name)} already exists`,
    details: detailsOf(resource, name),
  });
}

/** 409: generateName found no free name. */
export function generateNameConflict(resource: GroupResource, name: string, retryAfterSeconds: number): ApiError {
  return failure({
    code: 409,
    reason: 'AlreadyExists',
    message: `${named(resource, name)} already exists, the server was not able to generate a unique name for the object`,
    details: detailsOf(resource, name, { retryAfterSeconds }),
  });
}

/** 409 `Operation cannot be fulfilled on deployments.apps "web": message` */
export function conflict(resource: GroupResource, name: string, message: string): ApiError {
  return failure({
    code: 409,
    reason: 'Conflict',
    message: `Operation cannot be fulfilled on ${named(resource, name)}: ${message}`,
    details: detailsOf(resource, name),
  });
}

/** 409 of server-side apply: one cause for each field that another manager owns. */
export function applyConflict(causes: readonly StatusCause[], message: string): ApiError {
  return failure({ code: 409, reason: 'Conflict', message, details: { causes } });
}

/** 410: what was asked for is gone for good. */
export function gone(text: string): ApiError {
  return failure({ code: 410, reason: 'Gone', message: text });
}

/** 410: the resourceVersion or continue token is compacted; `continueToken` lets a paged list go on inconsistently. */
export function resourceExpired(text: string, continueToken = ''): ApiError {
  return failure({
    code: 410,
    reason: 'Expired',
    message: text,
    ...(continueToken !== '' && { metadata: { continue: continueToken } }),
  });
}

/** 413 `Request entity too large: text` */
export function requestEntityTooLarge(text: string): ApiError {
  return failure({ code: 413, reason: 'RequestEntityTooLarge', message: `Request entity too large: ${text}` });
}

/** 415: the body is in none of the accepted media types. */
export function unsupportedMediaType(accepted: readonly string[]): ApiError {
  return failure({
    code: 415,
    reason: 'UnsupportedMediaType',
    message: `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`,
  });
}

/** 422 `Deployment.apps "web" is invalid: …`: every fault is a cause, equal texts stand once in the message. */
export function invalid({ group, kind }: GroupKind, name: string, errors: FieldErrorList): ApiError {
  const causes = errors.map((error) => ({ reason: error.type, message: fieldErrorBody(error), field: error.field }));
  const subject = `${group === '' ? kind : `${kind}.${group}`} ${goQuote(name)}`;
  const faults = aggregateText(errors);
  return failure({
    code: 422,
    reason: 'Invalid',
    message: faults === '' ? `${subject} is invalid` : `${subject} is invalid: ${faults}`,
    details: { name, group, kind, causes },
  });
}

/** 429 that a handler answers, with the time to wait. */
export function tooManyRequests(
  text: string,
  retryAfterSeconds: number,
  causes: readonly StatusCause[] = [],
): ApiError {
  return failure({
    code: 429,
    reason: 'TooManyRequests',
    message: text,
    details: { causes, retryAfterSeconds },
  });
}

/** 500 `Internal error occurred: text` */
export function internalError(text: string, cause?: unknown): ApiError {
  return new ApiError(
    newStatus({
      status: 'Failure',
      code: 500,
      reason: 'InternalError',
      message: `Internal error occurred: ${text}`,
      details: { causes: [{ message: text }] },
    }),
    { cause },
  );
}

/** 500: the store could not be reached in time; the client should try again. */
export function serverTimeout(resource: GroupResource, operation: string, retryAfterSeconds: number): ApiError {
  return failure({
    code: 500,
    reason: 'ServerTimeout',
    message: `The ${operation} operation against ${groupResourceText(resource)} could not be completed at this time, please try again.`,
    details: detailsOf(resource, operation, { retryAfterSeconds }),
  });
}

/** 500: stored objects under `prefix` cannot be read; one cause for each. */
export function storageReadError(resource: GroupResource, prefix: string, causes: readonly StatusCause[]): ApiError {
  return failure({
    code: 500,
    reason: 'StorageReadError',
    message: `failed to read one or more ${groupResourceText(resource)} from the storage`,
    details: detailsOf(resource, prefix, { causes }),
  });
}

/** 500 without a reason: what upstream answers for errors it does not classify. */
export function unclassified(text: string): ApiError {
  return failure({ code: 500, message: text });
}

/** 503 */
export function serviceUnavailable(text: string): ApiError {
  return failure({ code: 503, reason: 'ServiceUnavailable', message: text });
}

/** 504 `Timeout: text` */
export function timeoutError(text: string, retryAfterSeconds = 0, causes: readonly StatusCause[] = []): ApiError {
  return failure({
    code: 504,
    reason: 'Timeout',
    message: `Timeout: ${text}`,
    details: { causes, retryAfterSeconds },
  });
}

/** 504 for a resourceVersion that the store has not reached yet: `Too large resource version: requested, current: current`. */
export function tooLargeResourceVersion(
  requested: number | bigint | string,
  current: number | bigint | string,
  retryAfterSeconds = 0,
): ApiError {
  const text = `Too large resource version: ${requested}, current: ${current}`;
  return timeoutError(text, retryAfterSeconds, [
    { reason: 'ResourceVersionTooLarge', message: 'Too large resource version' },
  ]);
}

/** What a client library makes of an answer without a Status; the server itself says it for paths and patches it cannot serve. */
export function genericServerResponse(
  code: number,
  options: {
    /** HTTP method. */
    readonly verb?: string;
    readonly resource?: GroupResource;
    readonly name?: string;
    readonly serverMessage?: string;
    readonly retryAfterSeconds?: number;
    /** The body was not a Status: it becomes a cause. */
    readonly unexpected?: boolean;
  } = {},
): ApiError {
  const { verb = '', resource = noResource, name = '', serverMessage = '' } = options;
  const known = genericAnswers[code];
  const reason = code === 409 && verb.toUpperCase() === 'POST' ? 'AlreadyExists' : known?.reason;
  const text = known
    ? (known.text ??
      (serverMessage === '' || serverMessage === 'unknown' ? (known.without ?? serverMessage) : serverMessage))
    : code >= 500
      ? `an error on the server (${goQuote(serverMessage)}) has prevented the request from succeeding`
      : `the server responded with the status code ${code} but did not return more information`;
  const subject = groupResourceText(resource);
  const what = [verb.toLowerCase(), subject, name].filter((word, index) => index < 2 || word !== '').join(' ');
  return failure({
    code,
    ...((reason ?? (code >= 500 ? 'InternalError' : undefined)) && { reason: reason ?? 'InternalError' }),
    message: subject === '' ? text : `${text} (${what})`,
    details: detailsOf(resource, name, {
      causes: options.unexpected ? [{ reason: 'UnexpectedServerResponse', message: serverMessage }] : [],
      retryAfterSeconds: options.retryAfterSeconds ?? 0,
    }),
  });
}

interface GenericAnswer {
  readonly reason: NonNullable<StatusParts['reason']>;
  /** Absent: what the server said. */
  readonly text?: string;
  /** Used when the server said nothing. */
  readonly without?: string;
}

const genericAnswers: Readonly<Record<number, GenericAnswer>> = {
  400: { reason: 'BadRequest', text: 'the server rejected our request for an unknown reason' },
  401: { reason: 'Unauthorized', text: 'the server has asked for the client to provide credentials' },
  403: { reason: 'Forbidden' },
  404: { reason: 'NotFound', text: 'the server could not find the requested resource' },
  405: { reason: 'MethodNotAllowed', text: 'the server does not allow this method on the requested resource' },
  406: {
    reason: 'NotAcceptable',
    without: 'the server was unable to respond with a content type that the client supports',
  },
  409: { reason: 'Conflict', text: 'the server reported a conflict' },
  415: { reason: 'UnsupportedMediaType' },
  422: { reason: 'Invalid', text: 'the server rejected our request due to an error in our request' },
  429: {
    reason: 'TooManyRequests',
    text: 'the server has received too many requests and has asked us to try again later',
  },
  503: { reason: 'ServiceUnavailable', text: 'the server is currently unable to handle the request' },
  504: {
    reason: 'Timeout',
    text: 'the server was unable to return a response in the time allotted, but may still be processing the request',
  },
};
