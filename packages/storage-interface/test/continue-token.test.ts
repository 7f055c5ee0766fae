import { decodeContinue, encodeContinue, reviseContinue } from '@orlop/storage-interface';
import { describe, expect, test } from 'vitest';

const encode = (text: string): string => Buffer.from(text).toString('base64url');
const decode = (token: string): string => Buffer.from(token, 'base64url').toString();

describe('continue tokens', () => {
  test('hold version, revision and the key behind the last one', () => {
    const token = encodeContinue('/pods/ns/é', '/pods/', 17);
    expect(decode(token)).toBe('{"v":"meta.k8s.io/v1","rv":17,"start":"ns/é\\u0000"}');
    expect(decodeContinue(token, '/pods/')).toEqual({ revision: 17n, startKey: '/pods/ns/é\0' });
  });

  test('may be moved to another revision', () => {
    const token = reviseContinue('/pods/ns/a\0', '/pods/', -1);
    expect(decodeContinue(token, '/pods/')).toEqual({ revision: -1n, startKey: '/pods/ns/a\0' });
  });

  test('keep revisions beyond the safe integers', () => {
    const token = encode('{"v":"meta.k8s.io/v1","rv":9223372036854775807,"start":"a"}');
    expect(decodeContinue(token, '/p/').revision).toBe(9223372036854775807n);
  });

  test('accept a start with a leading slash', () => {
    const token = encode('{"v":"meta.k8s.io/v1","rv":5,"start":"/a"}');
    expect(decodeContinue(token, '/p/').startKey).toBe('/p/a');
  });

  test('are read whatever the case of their letters', () => {
    const token = encode('{"V":"meta.k8s.io/v1","RV":-1,"START":"b"}');
    expect(decodeContinue(token, '/p/')).toEqual({ revision: -1n, startKey: '/p/b' });
  });

  test.each([
    ['!!!', 'illegal base64 data at input byte 0'],
    ['abc', "invalid character 'i' looking for beginning of value"],
    [encode('hello'), "invalid character 'h' looking for beginning of value"],
    [encode('{"v":'), 'unexpected end of JSON input'],
    [
      encode('{"v":"meta.k8s.io/v2","rv":5,"start":"a"}'),
      'server does not recognize this encoded version meta.k8s.io/v2',
    ],
    [
      encode('{"v":"meta.k8s.io/v1","rv":0,"start":"a"}'),
      'incorrect encoded start resourceVersion (version meta.k8s.io/v1)',
    ],
    [encode('{"v":"meta.k8s.io/v1","rv":-1,"start":"b"}x'), "invalid character 'x' after top-level value"],
    [encode('[]'), 'json: cannot unmarshal array into Go value of type storage.continueToken'],
    [encode('"a"'), 'json: cannot unmarshal string into Go value of type storage.continueToken'],
    [encode('1.5'), 'json: cannot unmarshal number into Go value of type storage.continueToken'],
    [encode('true'), 'json: cannot unmarshal bool into Go value of type storage.continueToken'],
    [encode('null'), 'server does not recognize this encoded version '],
    [encode('{"v":null,"rv":1,"start":"a"}'), 'server does not recognize this encoded version '],
    [
      encode('{"v":"meta.k8s.io/v1","rv":"x","start":"a"}'),
      'json: cannot unmarshal string into Go struct field continueToken.rv of type int64',
    ],
    [
      encode('{"v":"meta.k8s.io/v1","rv":1.5,"start":5}'),
      'json: cannot unmarshal number 1.5 into Go struct field continueToken.rv of type int64',
    ],
    [
      encode('{"v":"meta.k8s.io/v1","rv":-1,"start":5}'),
      'json: cannot unmarshal number into Go struct field continueToken.start of type string',
    ],
    [encode('{"v":"meta.k8s.io/v1","rv":5,"start":""}'), 'encoded start key empty (version meta.k8s.io/v1)'],
    [encode('{"v":"meta.k8s.io/v1","rv":-1,"start":"a//b"}'), 'a//b'],
    [encode('{"v":"meta.k8s.io/v1","rv":-1,"start":"../kube-system/a"}'), '../kube-system/a'],
  ])('are refused in the words of Kubernetes: %s', (token, reason) => {
    expect(() => decodeContinue(token, '/p/')).toThrow(`continue key is not valid: ${reason}`);
  });
});
