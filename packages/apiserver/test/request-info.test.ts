import { describe, expect, it } from 'vitest';
import { parseQuery } from '../src/request/query.ts';
import { resolveRequest } from '../src/request/request-info.ts';

const rows: readonly (readonly [method: string, target: string, expected: string])[] = [
  // verb group/version namespace resource name subresource
  ['GET', '/api/v1/namespaces/a/pods', 'list /v1 a pods - -'],
  ['GET', '/api/v1/namespaces/a/pods?watch=1', 'watch /v1 a pods - -'],
  ['GET', '/api/v1/namespaces/a/pods?watch=', 'watch /v1 a pods - -'],
  ['GET', '/api/v1/namespaces/a/pods?watch=FALSE', 'list /v1 a pods - -'],
  ['GET', '/api/v1/namespaces/a/pods/p?watch=1', 'get /v1 a pods p -'],
  ['GET', '/api/v1/pods', 'list /v1 - pods - -'],
  ['POST', '/apis/apps/v1/namespaces/a/deployments', 'create apps/v1 a deployments - -'],
  ['PUT', '/apis/apps/v1/namespaces/a/deployments/web/scale', 'update apps/v1 a deployments web scale'],
  ['PATCH', '/apis/apps/v1/namespaces/a/deployments/web', 'patch apps/v1 a deployments web -'],
  ['DELETE', '/apis/apps/v1/namespaces/a/deployments/web/', 'delete apps/v1 a deployments web -'],
  ['DELETE', '/apis/apps/v1/namespaces/a/deployments', 'deletecollection apps/v1 a deployments - -'],
  ['GET', '/api/v1/namespaces', 'list /v1 - namespaces - -'],
  ['GET', '/api/v1/namespaces/a', 'get /v1 a namespaces a -'],
  ['GET', '/api/v1/namespaces/a/status', 'get /v1 a namespaces a status'],
  ['PUT', '/api/v1/namespaces/a/finalize', 'update /v1 a namespaces a finalize'],
  ['GET', '/api/v1/watch/namespaces/a/pods', 'watch /v1 a pods - -'],
  ['GET', '/api/v1/watch/namespaces/a/pods/p?watch=false', 'watch /v1 a pods p -'],
  ['GET', '/api/v1/watch/namespaces/a', 'watch /v1 a namespaces a -'],
  ['GET', '/api/v1/namespaces//configmaps/x', 'get /v1 - configmaps x -'],
  ['GET', '/api/v1/namespaces/a/configmaps//x', 'get /v1 a configmaps - x'],
];

describe('the address of a request', () => {
  it.each(rows)('%s %s', (method, target, expected) => {
    const [path, query = ''] = target.split('?');
    const info = resolveRequest(method, path!, parseQuery(query));
    const dash = (text: string) => text || '-';
    expect(
      `${info.verb} ${info.apiGroup}/${info.apiVersion} ${dash(info.namespace)} ${info.resource} ${dash(info.name)} ${dash(info.subresource)}`,
    ).toBe(expected);
  });

  it.each(['/', '/version', '/api', '/api/v1', '/apis/apps', '/apis/apps/v1/', '//api/v1/pods', '/apiv1/pods'])(
    '%s is no resource',
    (path) => {
      const info = resolveRequest('GET', path, parseQuery(''));
      expect(info.isResourceRequest).toBe(false);
      expect(info.verb).toBe('get');
    },
  );
});

describe('a query', () => {
  it('lets the first of repeated parameters count, except where all are asked for', () => {
    const query = parseQuery('limit=1&limit=x&dryRun=All&dryRun=b');
    expect(query.integer('limit')).toBe(1);
    expect(query.all('dryRun')).toEqual(['All', 'b']);
  });

  it('leaves out what is not well formed', () => {
    const query = parseQuery('%zz=1&a;b=1&&=&ok=%20x+y');
    expect(query.text('ok')).toBe(' x y');
    expect(query.has('a')).toBe(false);
  });

  it.each([
    ['', 'strconv.ParseInt: parsing "": invalid syntax'],
    ['1.5', 'strconv.ParseInt: parsing "1.5": invalid syntax'],
    ['0x10', 'strconv.ParseInt: parsing "0x10": invalid syntax'],
    ['99999999999999999999', 'strconv.ParseInt: parsing "99999999999999999999": value out of range'],
  ])('refuses %s as a number', (value, message) => {
    expect(() => parseQuery(`limit=${value}`).integer('limit')).toThrow(message);
  });
});
