import { describe, expect, test } from 'vitest';
import {
  alreadyExists,
  badRequest,
  conflict,
  fieldError,
  fieldPath,
  forbidden,
  generateNameConflict,
  genericServerResponse,
  internalError,
  invalid,
  isAlreadyExists,
  isApiError,
  isConflict,
  isInternalError,
  isNotFound,
  isResourceExpired,
  isTimeout,
  isTooLargeResourceVersion,
  methodNotSupported,
  notAcceptable,
  notFound,
  requestEntityTooLarge,
  resourceExpired,
  serverTimeout,
  statusOf,
  successStatus,
  suggestsDelay,
  timeoutError,
  tooLargeResourceVersion,
  tooManyRequests,
  unclassified,
  unsupportedMediaType,
} from '../src/index.ts';

const deployments = { group: 'apps', resource: 'deployments' };
const pods = { group: '', resource: 'pods' };
const none = { group: '', resource: '' };

/** `{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure",` stands before each. */
const answers: readonly (readonly [Error, string])[] = [
  [
    notFound(deployments, 'web'),
    '"message":"deployments.apps \\"web\\" not found","reason":"NotFound","details":{"name":"web","group":"apps","kind":"deployments"},"code":404}',
  ],
  [
    alreadyExists(pods, 'p'),
    '"message":"pods \\"p\\" already exists","reason":"AlreadyExists","details":{"name":"p","kind":"pods"},"code":409}',
  ],
  [
    generateNameConflict(pods, 'p-xxxxx', 1),
    '"message":"pods \\"p-xxxxx\\" already exists, the server was not able to generate a unique name for the object","reason":"AlreadyExists","details":{"name":"p-xxxxx","kind":"pods","retryAfterSeconds":1},"code":409}',
  ],
  [
    conflict(pods, 'p', 'too late'),
    '"message":"Operation cannot be fulfilled on pods \\"p\\": too late","reason":"Conflict","details":{"name":"p","kind":"pods"},"code":409}',
  ],
  [
    forbidden(pods, 'p', 'no'),
    '"message":"pods \\"p\\" is forbidden: no","reason":"Forbidden","details":{"name":"p","kind":"pods"},"code":403}',
  ],
  [
    forbidden(pods, '', 'no'),
    '"message":"pods is forbidden: no","reason":"Forbidden","details":{"kind":"pods"},"code":403}',
  ],
  [forbidden(none, '', 'no'), '"message":"forbidden: no","reason":"Forbidden","details":{},"code":403}'],
  [badRequest('what?'), '"message":"what?","reason":"BadRequest","code":400}'],
  [
    methodNotSupported(deployments, 'get'),
    '"message":"get is not supported on resources of kind \\"deployments.apps\\"","reason":"MethodNotAllowed","details":{"group":"apps","kind":"deployments"},"code":405}',
  ],
  [
    notAcceptable(['application/json', 'application/yaml']),
    '"message":"only the following media types are accepted: application/json, application/yaml","reason":"NotAcceptable","code":406}',
  ],
  [
    unsupportedMediaType(['application/json']),
    '"message":"the body of the request was in an unknown format - accepted media types include: application/json","reason":"UnsupportedMediaType","code":415}',
  ],
  [
    requestEntityTooLarge('limit is 3145728'),
    '"message":"Request entity too large: limit is 3145728","reason":"RequestEntityTooLarge","code":413}',
  ],
  [
    internalError('oops'),
    '"message":"Internal error occurred: oops","reason":"InternalError","details":{"causes":[{"message":"oops"}]},"code":500}',
  ],
  [
    serverTimeout(pods, 'get', 2),
    '"message":"The get operation against pods could not be completed at this time, please try again.","reason":"ServerTimeout","details":{"name":"get","kind":"pods","retryAfterSeconds":2},"code":500}',
  ],
  [timeoutError('slow'), '"message":"Timeout: slow","reason":"Timeout","details":{},"code":504}'],
  [
    tooManyRequests('wait', 10),
    '"message":"wait","reason":"TooManyRequests","details":{"retryAfterSeconds":10},"code":429}',
  ],
  [unclassified('hm'), '"message":"hm","code":500}'],
  [
    genericServerResponse(422),
    '"message":"the server rejected our request due to an error in our request","reason":"Invalid","details":{},"code":422}',
  ],
  [
    genericServerResponse(404),
    '"message":"the server could not find the requested resource","reason":"NotFound","details":{},"code":404}',
  ],
  [
    genericServerResponse(409, { verb: 'POST', resource: pods, name: 'p' }),
    '"message":"the server reported a conflict (post pods p)","reason":"AlreadyExists","details":{"name":"p","kind":"pods"},"code":409}',
  ],
  [
    genericServerResponse(502, { serverMessage: 'bad', unexpected: true }),
    '"message":"an error on the server (\\"bad\\") has prevented the request from succeeding","reason":"InternalError","details":{"causes":[{"reason":"UnexpectedServerResponse","message":"bad"}]},"code":502}',
  ],
];

describe('Status', () => {
  test.each(answers)('%s', (error, text) => {
    const status = JSON.stringify(statusOf(error));
    expect(status).toBe(`{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure",${text}`);
    expect(error.message).toBe(statusOf(error).message);
  });

  test('a continue token travels in the metadata', () => {
    expect(statusOf(resourceExpired('too old', 'token')).metadata).toEqual({ continue: 'token' });
    expect(isResourceExpired(resourceExpired('too old'))).toBe(true);
  });

  test('what nobody classified is a plain 500', () => {
    expect(JSON.stringify(statusOf(new Error('raw')))).toBe(
      '{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"raw","code":500}',
    );
    expect(statusOf('text').message).toBe('text');
    expect(successStatus({ name: 'web', group: 'apps', kind: 'deployments', uid: 'u' })).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Success',
      details: { name: 'web', group: 'apps', kind: 'deployments', uid: 'u' },
    });
  });

  test('invalid: causes repeat, the message does not', () => {
    const path = fieldPath('metadata', 'uid');
    const twice = [
      fieldError.invalid(path, 'x', 'field is immutable'),
      fieldError.invalid(path, 'x', 'field is immutable'),
    ];
    const one = statusOf(invalid({ group: 'apps', kind: 'Deployment' }, 'web', twice));
    expect(one.message).toBe('Deployment.apps "web" is invalid: metadata.uid: Invalid value: "x": field is immutable');
    expect(one.details?.causes).toHaveLength(2);
    const two = invalid({ group: '', kind: 'Pod' }, 'p', [...twice, fieldError.required(fieldPath('spec'), '')]);
    expect(two.message).toBe(
      'Pod "p" is invalid: [metadata.uid: Invalid value: "x": field is immutable, spec: Required value]',
    );
    expect(invalid({ group: '', kind: '' }, '', []).message).toBe(' "" is invalid');
  });
});

describe('predicates', () => {
  test('ask the reason, and the code when there is none', () => {
    expect(isNotFound(notFound(pods, 'p'))).toBe(true);
    expect(isNotFound({ status: { kind: 'Status', code: 404 } })).toBe(true);
    expect(isNotFound({ status: { kind: 'Status', code: 404, reason: 'Forbidden' } })).toBe(false);
    expect(isNotFound(new Error('not found'))).toBe(false);
    expect(isNotFound(undefined)).toBe(false);
    expect(isConflict(alreadyExists(pods, 'p'))).toBe(false);
    expect(isAlreadyExists(alreadyExists(pods, 'p'))).toBe(true);
    expect(isInternalError(unclassified('x'))).toBe(true);
  });

  test('a resourceVersion from the future', () => {
    const error = tooLargeResourceVersion(9, 7, 1);
    expect(error.message).toBe('Timeout: Too large resource version: 9, current: 7');
    expect(isTimeout(error) && isTooLargeResourceVersion(error)).toBe(true);
    expect(suggestsDelay(error)).toBe(1);
    expect(suggestsDelay(badRequest(''))).toBeUndefined();
    expect(isApiError({ status: 404 })).toBe(false);
  });
});
