import { createUnstored, decodeUtf8, encoderKey, encodeUtf8, joinUtf8, ObjectBytes } from '@orlop/apimachinery';
import { compileSchema } from '@orlop/schema';
import { describe, expect, test } from 'vitest';

const text = (bytes: Uint8Array): string => decodeUtf8(bytes);
const head = '{"kind":"K","apiVersion":"v1",';

describe('ObjectBytes', () => {
  test.each([
    ['{"name":"a","uid":"u","generation":1}', '{"name":"a","uid":"u","resourceVersion":"7","generation":1}'],
    ['{"name":"a"}', '{"name":"a","resourceVersion":"7"}'],
    ['{}', '{"resourceVersion":"7"}'],
    ['{"creationTimestamp":null}', '{"resourceVersion":"7","creationTimestamp":null}'],
    [
      '{"generateName":"g","namespace":"n","labels":{}}',
      '{"generateName":"g","namespace":"n","resourceVersion":"7","labels":{}}',
    ],
    ['{"name":"a\\"b\\\\","labels":{"name":"x"}}', '{"name":"a\\"b\\\\","resourceVersion":"7","labels":{"name":"x"}}'],
    ['{"name":"é","namespaced":"no"}', '{"name":"é","resourceVersion":"7","namespaced":"no"}'],
  ])('puts the resourceVersion where Go writes it: %s', (without, expected) => {
    const rest = ',"spec":{"metadata":{"name":"inner"}}}';
    const encoded = new ObjectBytes(encodeUtf8(`${head}"metadata":${without}${rest}`), '7');
    const document = `${head}"metadata":${expected}${rest}`;
    const item = `{"metadata":${expected}${rest}`;
    expect(encoded.text()).toBe(document);
    expect(text(encoded.bytes('item'))).toBe(item);
    expect(text(encoded.bytes('document'))).toBe(document);
    expect(encoded.byteLength('document')).toBe(encoded.bytes('document').length);
    expect(encoded.byteLength('item')).toBe(encoded.bytes('item').length);
  });

  test('copies both forms to any place, before and after the document was made', () => {
    const encoded = new ObjectBytes(encodeUtf8(`${head}"metadata":{"name":"a"}}`), '7');
    for (let round = 0; round < 2; round++) {
      for (const form of ['document', 'item'] as const) {
        const target = new Uint8Array(encoded.byteLength(form) + 3).fill(0x2e);
        expect(encoded.copyTo(target, 1, form)).toBe(target.length - 2);
        expect(text(target)).toBe(`.${text(encoded.bytes(form))}..`);
      }
    }
  });

  test.each(['7', ''])('leaves stretches out of its text, with the resourceVersion %j', (version) => {
    const [before, one, two] = ['"metadata":{"name":"é","a":', '{"f:é":{}}', '{"f:b":{}}'];
    const { bytes, ends } = joinUtf8([head + before, one, ',"b":', two, '}}']);
    const encoded = new ObjectBytes(bytes, version);
    const stretches = ends.slice(0, -1);
    const whole = encoded.text();
    expect(encoded.textWithout(stretches, 'null')).toBe(whole.replace(one, 'null').replace(two, 'null'));
    expect(encoded.stretch(stretches[0]!, stretches[1]!)).toBe(one);
    expect(encoded.stretch(stretches[2]!, stretches[3]!)).toBe(two);
    expect(whole.includes('resourceVersion')).toBe(version !== '');
  });

  test('leaves a document alone that has no place for a resourceVersion, or needs none', () => {
    expect(new ObjectBytes(encodeUtf8('{"kind":"K","apiVersion":"v1"}'), '7').text()).toBe(
      '{"kind":"K","apiVersion":"v1"}',
    );
    const bare = new ObjectBytes(encodeUtf8('{"kind":"K","apiVersion":"v1"}'), '7');
    expect(text(bare.bytes('item'))).toBe('{}');
    const json = encodeUtf8(`${head}"metadata":{"name":"a","resourceVersion":"3"}}`);
    expect(new ObjectBytes(json, '').bytes('document')).toBe(json);
  });
});

describe('utf8', () => {
  test.each(['', 'ascii', 'é ü', '\u{1F6A2} ship', 'a\u0000b'])(
    'goes there and back, in a buffer of its own: %j',
    (given) => {
      const bytes = encodeUtf8(given);
      expect(decodeUtf8(bytes)).toBe(given);
      expect(bytes.buffer.byteLength).toBe(bytes.length);
      expect(decodeUtf8(bytes, 1)).toBe(new TextDecoder().decode(bytes.subarray(1)));
    },
  );
});

describe('createUnstored', () => {
  const type = compileSchema({
    type: 'object',
    properties: {
      kind: { type: 'string' },
      apiVersion: { type: 'string' },
      metadata: {
        type: 'object',
        properties: {
          name: { type: 'string' },
          resourceVersion: { type: 'string' },
          labels: { type: 'object', additionalProperties: { type: 'string' } },
        },
      },
    },
  });
  const object = { kind: 'K', apiVersion: 'v1', metadata: { name: 'a', labels: { x: 'y' }, resourceVersion: '9' } };

  test('answers like a stored object, without a key', () => {
    const stored = createUnstored(object, type);
    expect([stored.key, stored.revision]).toEqual(['', 9]);
    expect(stored.labels).toEqual({ x: 'y' });
    expect(stored.fields).toEqual({ 'metadata.name': 'a', 'metadata.namespace': '' });
    expect(text(stored.encoded('v1', 'application/json').bytes('document'))).toBe(
      '{"kind":"K","apiVersion":"v1","metadata":{"name":"a","resourceVersion":"9","labels":{"x":"y"}}}',
    );
    expect(stored.at(10).object.metadata.resourceVersion).toBe('10');
    expect(stored.object.metadata.resourceVersion).toBe('9');
  });

  test('has other representations only where an encoder is given', () => {
    const encoders = new Map([[encoderKey('v2', 'application/json'), () => new ObjectBytes(encodeUtf8('{}'), '')]]);
    expect(text(createUnstored(object, type, { encoders }).encoded('v2', 'application/json').bytes('document'))).toBe(
      '{}',
    );
    expect(() => createUnstored(object, type).encoded('v2', 'application/json')).toThrow('no encoder for K as v2');
  });

  test('joins texts, and says where each ends', () => {
    const { bytes, ends } = joinUtf8(['a', '', 'é', '\u{1F6A2}b']);
    expect(decodeUtf8(bytes)).toBe('aé\u{1F6A2}b');
    expect(ends).toEqual([1, 1, 3, 8]);
    expect(bytes.buffer.byteLength).toBe(bytes.length);
  });
});
