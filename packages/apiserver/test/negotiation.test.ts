import { isApiError } from '@orlop/apimachinery';
import { compileSchema } from '@orlop/schema';
import { describe, expect, it } from 'vitest';
import { indentJson } from '../src/answer/indent-json.ts';
import { Warnings } from '../src/answer/warnings.ts';
import { bodyFormat, patchTypeOf } from '../src/negotiation/input.ts';
import { checkAcceptable, negotiate, negotiateError, wantsPretty } from '../src/negotiation/output.ts';

const stream = { transformations: true, stream: true };
const table = 'application/json;as=Table;v=v1;g=meta.k8s.io';

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (isApiError(error)) return `${error.status.code} ${error.status.message}`;
    throw error;
  }
  return 'accepted';
}

describe('Accept', () => {
  it.each([
    [undefined, 'json object'],
    ['', 'json object'],
    ['*/*', 'json object'],
    ['text/html, application/json;q=0.5', 'json object'],
    ['application/json;q=0.1, application/yaml', 'yaml object'],
    ['application/yaml;q=0.1, application/json;q=0.9', 'json object'],
    ['*/*, application/yaml', 'yaml object'],
    ['application/json;q=0', 'json object'],
    ['application/vnd.kubernetes.protobuf,application/json', 'json object'],
    [table, 'json table'],
    [`application/json;as=Table;v=v2;g=meta.k8s.io, application/json`, 'json object'],
    ['application/yaml;as=PartialObjectMetadata;v=v1beta1;g=meta.k8s.io', 'yaml partial'],
    ['application/json;stream=watch', 'json object'],
    ['application/json;stream=', 'json object'],
    ['application/json;as=;v=;g=', 'json object'],
    ['application/json;sv=v1', 'json object'],
  ])('%s', (accept, expected) => {
    const found = negotiate(accept, false);
    expect(`${found.format} ${found.as}`).toBe(expected);
  });

  it.each([
    'application/json;as=Table',
    'application/json;as=Chart;v=v1;g=meta.k8s.io',
    'application/json;as=constructor;v=v1;g=meta.k8s.io',
    'application/json;as=Table;v=v2;g=meta.k8s.io',
    'application/json;stream=tail',
    'application/json;stream=0',
    'application/json;v=v1;g=meta.k8s.io',
    'application/json;v=v1',
    'application/json;g=meta.k8s.io',
    'application/json;sv=v2',
  ])('%s is not acceptable', (accept) => {
    expect(refusal(() => negotiate(accept, false))).toBe(
      '406 only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf',
    );
  });

  it.each(['application/yaml', 'application/yaml, application/json', '*/*, application/yaml'])(
    'has no YAML for streams: %s',
    (accept) => {
      expect(refusal(() => negotiate(accept, false, stream))).toBe(
        '406 only the following media types are accepted: application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch',
      );
    },
  );

  it.each([
    ['application/json', 'json'],
    ['text/html', 'json pretty'],
    [table, 'json pretty'],
    [`${table}, application/json`, 'json'],
    [`${table}, application/yaml`, 'yaml'],
    ['application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io', 'json pretty'],
  ])('for errors: %s', (accept, expected) => {
    const { format, as, pretty } = negotiateError(accept, false);
    expect(`${format}${pretty ? ' pretty' : ''}`).toBe(expected);
    expect(as).toBe('object');
  });

  it.each(['text/html', 'application/*', 'text/*', 'application/jsonx'])('the router refuses %s', (accept) => {
    expect(refusal(() => checkAcceptable(accept, false))).toMatch(
      /^406 406: Not Acceptable\n\nAvailable representations: /,
    );
    expect(refusal(() => checkAcceptable(accept, true))).toMatch(/;stream=watch$/);
  });

  it('the router passes what matches without its parameters', () => {
    expect(refusal(() => checkAcceptable('text/html, application/json;as=Nonsense', false))).toBe('accepted');
  });
});

const anything = compileSchema({ type: 'object' });

describe('Content-Type', () => {
  it.each([
    [undefined, 'json'],
    ['Application/JSON;charset=latin1', 'json'],
    ['application/yaml', 'yaml'],
  ])('%s', (type, format) => expect(bodyFormat(type, [], anything)).toBe(format));

  it.each(['text/plain', '*/*', 'application', 'application/vnd.kubernetes.protobuf'])('%s is not taken', (type) => {
    expect(refusal(() => bodyFormat(type, [], anything))).toMatch(
      /^415 the body of the request was in an unknown format/,
    );
  });

  it('of patches is compared letter by letter, without parameters', () => {
    expect(patchTypeOf('application/merge-patch+json; charset=utf-8')).toBe('merge');
    for (const type of [undefined, 'application/json', 'Application/Merge-Patch+json']) {
      expect(refusal(() => patchTypeOf(type))).toBe('415 415: Unsupported Media Type');
    }
  });
});

describe('pretty answers', () => {
  it('are for people', () => {
    expect(wantsPretty(undefined, 'curl/8')).toBe(true);
    expect(wantsPretty('false', 'curl/8')).toBe(false);
    expect(wantsPretty('1', 'kubectl')).toBe(true);
    expect(wantsPretty('maybe', 'curl/8')).toBe(false);
    expect(wantsPretty('', 'curl/8')).toBe(true);
    expect(wantsPretty(undefined, 'kubectl')).toBe(false);
  });

  it.each([{ a: 1, b: [], c: {}, d: [1, { e: 'x"{,:' }], f: null }, [], 'text'])(
    'are laid out as JSON.stringify does it',
    (value) => {
      const expected = JSON.stringify(value, null, 2);
      expect(indentJson(JSON.stringify(value))).toBe(expected);
    },
  );
});

describe('warnings', () => {
  it('are told once, quoted, as bytes', () => {
    const warnings = new Warnings();
    for (const text of ['unknown field "a"', 'unknown field "a"', 'é\n']) warnings.add(text);
    expect(warnings.headers()).toEqual(['Warning', '299 - "unknown field \\"a\\""', 'Warning', '299 - "Ã© "']);
  });

  it('are cut when there are too many', () => {
    const warnings = new Warnings();
    for (let i = 0; i < 40; i++) warnings.add(`${i}`.padEnd(1000, 'x'));
    const texts = warnings.headers().filter((_, index) => index % 2 === 1);
    expect(texts).toHaveLength(16);
    expect(texts[0]).toHaveLength('299 - ""'.length + 256);
  });
});
