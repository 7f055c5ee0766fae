import { isApiError } from '@orlop/apimachinery';
import { describe, expect, it } from 'vitest';
import { readDeleteOptions } from '../src/options/delete-options.ts';
import { onlyNamed, readCollectionOptions } from '../src/options/list-options.ts';
import { readTimeout } from '../src/options/timeout.ts';
import { readCreateOptions, readPatchOptions } from '../src/options/write-options.ts';
import { parseQuery } from '../src/request/query.ts';

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (isApiError(error)) return `${error.status.code} ${error.status.message}`;
    throw error;
  }
  return 'accepted';
}

const collection = (query: string) =>
  readCollectionOptions(parseQuery(query), { selectableFields: { 'spec.x': () => '' } }, true);
const listFault = 'ListOptions.meta.k8s.io "" is invalid: ';

describe('metadata.namespace in a field selector', () => {
  const unknownFieldLabel = (label: string) => `field label not supported: ${label}`;
  const own = { selectableFields: { 'status.phase': () => '' }, unknownFieldLabel };
  it.each([
    ['a namespaced kind', own, true, 'accepted'],
    ['a cluster-scoped kind', {}, false, 'accepted'],
    ['a cluster-scoped kind with fields of its own', own, false, '400 field label not supported: metadata.namespace'],
  ])('of %s', (_title, body, namespaced, expected) => {
    const query = parseQuery('fieldSelector=metadata.namespace%3Dx');
    expect(refusal(() => readCollectionOptions(query, body, namespaced))).toBe(expected);
  });
});

describe('options of collections', () => {
  it.each([
    [
      'resourceVersionMatch=Exact',
      `422 ${listFault}resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided`,
    ],
    [
      'resourceVersion=5&resourceVersionMatch=Newest',
      `422 ${listFault}resourceVersionMatch: Unsupported value: "Newest": supported values: "Exact", "NotOlderThan", ""`,
    ],
    [
      'resourceVersion=0&resourceVersionMatch=Exact',
      `422 ${listFault}resourceVersionMatch: Forbidden: resourceVersionMatch "exact" is forbidden for resourceVersion "0"`,
    ],
    [
      'sendInitialEvents=false',
      `422 ${listFault}sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list`,
    ],
    [
      'watch=1&sendInitialEvents=true',
      `422 ${listFault}resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan`,
    ],
    [
      'watch=1&continue=x',
      `422 ${listFault}resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden when continue is provided`,
    ],
    ['watch=1&resourceVersion=7&continue=x', 'accepted'],
    [
      'fieldSelector=data.a%3D1',
      '400 "data.a" is not a known field selector: only "metadata.name", "metadata.namespace"',
    ],
    ['fieldSelector=spec.x%3D1,metadata.name%3Da', 'accepted'],
    [
      'labelSelector=x%20y&fieldSelector=foo',
      "400 unable to parse requirement: found 'y', expected: in, notin, =, ==, !=, gt, lt",
    ],
    ['limit=x&labelSelector=x%20y', '400 strconv.ParseInt: parsing "x": invalid syntax'],
    [
      'resourceVersionMatch=Exact&fieldSelector=data.a%3D1',
      `422 ${listFault}resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided`,
    ],
  ])('%s', (query, expected) => expect(refusal(() => collection(query))).toBe(expected));

  it('a watch from anywhere has initial events', () => {
    expect(collection('watch=1&resourceVersion=0')).toMatchObject({
      sendInitialEvents: true,
      resourceVersionMatch: 'NotOlderThan',
    });
    expect(collection('watch=1&resourceVersion=5')).toMatchObject({
      sendInitialEvents: undefined,
      resourceVersionMatch: '',
    });
  });
});

describe('options of writes', () => {
  it.each([
    ['dryRun=', 'CreateOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: [""]: supported values: "All"'],
    [
      'fieldManager=%0A',
      'CreateOptions.meta.k8s.io "" is invalid: fieldManager: Invalid value: "\\n": invalid character U+000A (at position 0)',
    ],
    [
      `fieldManager=${'m'.repeat(129)}`,
      'CreateOptions.meta.k8s.io "" is invalid: fieldManager: Too long: may not be more than 128 bytes',
    ],
    [
      'fieldValidation=strict',
      'CreateOptions.meta.k8s.io "" is invalid: fieldValidation: Unsupported value: "strict": supported values: "", "Ignore", "Strict", "Warn"',
    ],
  ])('%s', (query, expected) => {
    expect(refusal(() => readCreateOptions(parseQuery(query), undefined))).toBe(`422 ${expected}`);
  });

  it.each([
    [undefined, 'unknown'],
    ['kubectl/v1.36', 'kubectl'],
    ['curl', 'curl'],
  ])('the manager of %s', (agent, manager) => {
    expect(readCreateOptions(parseQuery('dryRun=All'), agent)).toEqual({
      dryRun: true,
      fieldManager: manager,
      fieldValidation: 'Warn',
    });
  });

  it('only an apply may be forced, and only it needs a manager', () => {
    const prefix = '422 PatchOptions.meta.k8s.io "" is invalid: ';
    expect(refusal(() => readPatchOptions(parseQuery('force=false'), undefined, false))).toBe(
      `${prefix}force: Forbidden: may not be specified for non-apply patch`,
    );
    expect(refusal(() => readPatchOptions(parseQuery(''), undefined, true))).toBe(
      `${prefix}fieldManager: Required value: is required for apply patch`,
    );
  });
});

describe('options of deletions', () => {
  const read = (query: string, body = '') => readDeleteOptions(parseQuery(query), body);

  it('a body replaces the query', () => {
    expect(read('dryRun=All&propagationPolicy=Foreground', '{"gracePeriodSeconds":3}')).toMatchObject({
      dryRun: false,
      propagationPolicy: undefined,
      gracePeriodSeconds: 3,
    });
    expect(read('dryRun=All', 'null')).toMatchObject({ dryRun: false });
  });

  it.each([
    ['{"kind":"Pod"}', 'no kind "Pod" is registered for version "meta.k8s.io/v1"'],
    ['{"kind":"Pod","apiVersion":"v1"}', 'no kind "Pod" is registered for version "v1"'],
    ['{"kind":"ListOptions","apiVersion":"apps/v1"}', 'no kind "ListOptions" is registered for version "apps/v1"'],
    ['{"kind":"ListOptions"}', 'converting (v1.ListOptions) to (v1.DeleteOptions): unknown conversion'],
    ['{"kind":"Status","apiVersion":"nope/v2"}', 'converting (v1.Status) to (v1.DeleteOptions): unknown conversion'],
    [
      '{"kind":"UpdateOptions","apiVersion":"v2"}',
      'converting (v1.UpdateOptions) to (v1.DeleteOptions): unknown conversion',
    ],
    [
      '{"kind":"Table","apiVersion":"meta.k8s.io/v1beta1"}',
      'converting (v1.Table) to (v1.DeleteOptions): unknown conversion',
    ],
    ['{"kind":"Table","apiVersion":"v1"}', 'no kind "Table" is registered for version "v1"'],
    [
      '{"propagationPolicy":5}',
      'json: cannot unmarshal number into Go struct field DeleteOptions.propagationPolicy of type v1.DeletionPropagation',
    ],
  ])('%s is refused', (body, text) => {
    expect(refusal(() => read('', body))).toContain(`400 ${text}`);
  });

  it('preconditions can stand in the query, unless they are empty', () => {
    expect(read('uid=&resourceVersion=').preconditions).toBeUndefined();
    expect(read('uid=u&resourceVersion=4').preconditions).toEqual({ uid: 'u', resourceVersion: '4' });
    expect(read('').preconditions).toBeUndefined();
  });

  it.each([
    ['', '{"kind":"Pod","apiVersion":"v1"}', /^400 no kind "Pod" is registered for version "v1" in scheme "/],
    [
      '',
      '{"kind":"Status","apiVersion":"v1"}',
      /^400 converting \(v1\.Status\) to \(v1\.DeleteOptions\): unknown conversion$/,
    ],
    ['', '{"kind":', /^400 couldn't get version\/kind; json parse error: unexpected end of JSON input$/],
    [
      '',
      '{"dryRun":"All"}',
      /^400 json: cannot unmarshal string into Go struct field DeleteOptions\.dryRun of type \[\]string$/,
    ],
    [
      '',
      '{"preconditions":{"uid":7}}',
      /^400 json: cannot unmarshal number into Go struct field Preconditions\.preconditions\.uid of type types\.UID$/,
    ],
    ['', '{"kind":"DeleteOptions","apiVersion":"nope/v1"}', /^accepted$/],
    [
      'propagationPolicy=',
      '',
      /propagationPolicy: Unsupported value: "": supported values: "Foreground", "Background", "Orphan", "nil"$/,
    ],
    [
      'orphanDependents=true&propagationPolicy=Orphan',
      '',
      /propagationPolicy: Invalid value: "Orphan": orphanDependents and deletionPropagation cannot be both set$/,
    ],
    ['gracePeriodSeconds=x', '', /^400 strconv\.ParseInt: parsing "x": invalid syntax$/],
  ])('%s %s', (query, body, expected) => expect(refusal(() => read(query, body))).toMatch(expected));
});

describe('a name in the path of a watch', () => {
  const named = (query: string) => () => onlyNamed(collection(query), 'a').fieldSelector.toString();

  it.each([
    ['', 'metadata.name=a'],
    ['fieldSelector=metadata.name%3Da', 'metadata.name=a'],
    ['fieldSelector=spec.x%3D1,metadata.name%3Da', 'metadata.name=a,spec.x=1'],
  ])('%s', (query, expected) => expect(named(query)()).toBe(expected));

  it.each(['fieldSelector=metadata.name%3Db', 'fieldSelector=metadata.name!%3Da', 'fieldSelector=spec.x%3D1'])(
    '%s asks for others',
    (query) => expect(refusal(named(query))).toBe("400 fieldSelector metadata.name doesn't match requested name"),
  );
});

describe('timeout', () => {
  it.each([
    ['', undefined],
    ['10s', 10_000],
    ['1m1.5s', 61_500],
    ['-1s', -1000],
    ['0', 0],
  ])('%s', (text, expected) => expect(readTimeout(text)).toBe(expected));

  it.each([
    ['abc', 'invalid timeout specified in the request URL - time: invalid duration "abc"'],
    ['5', 'invalid timeout specified in the request URL - time: missing unit in duration "5"'],
    ['9999999h', 'invalid timeout specified in the request URL - time: invalid duration "9999999h"'],
    ['5x', 'invalid timeout specified in the request URL - time: unknown unit "x" in duration "5x"'],
  ])('%s', (text, message) => expect(() => readTimeout(text)).toThrow(message));
});
