import type { ObjectSerializer } from '@orlop/apimachinery';
import { coreV1 } from '@orlop/kubernetes-schema/core/v1';
import { metaV1 } from '@orlop/kubernetes-schema/meta/v1';
import { protobufNumbers } from '@orlop/kubernetes-schema/protobuf';
import { compileSchema } from '@orlop/schema';
import { describe, expect, it } from 'vitest';
import { createProtobufSerializer, WireError } from '../src/index.ts';

const serializer = createProtobufSerializer(protobufNumbers);
const configMaps = await serializer.load(coreV1('ConfigMap'));
const pods = await serializer.load(coreV1('Pod'));
const deletions = await serializer.load(metaV1('DeleteOptions'));

type Part = number | string | readonly Part[];

/** Bytes of numbers and texts; a list inside is what stands behind its length. */
function bytes(...parts: readonly Part[]): Uint8Array {
  return Buffer.concat(
    parts.map((part) => {
      if (typeof part === 'number') return Buffer.of(part);
      const inner = typeof part === 'string' ? Buffer.from(part) : Buffer.from(bytes(...part));
      return typeof part === 'string' ? inner : Buffer.concat([Buffer.of(inner.length), inner]);
    }),
  );
}

/** A field that is a message or a text. */
const field = (number: number, ...parts: readonly Part[]): readonly Part[] => [number * 8 + 2, parts];
const flat = (...fields: readonly (readonly Part[])[]): Part[] => fields.flat();

function document(kind: string, ...fields: readonly (readonly Part[])[]): Uint8Array {
  return bytes('k8s', 0, ...field(1, ...field(1, 'v1'), ...field(2, kind)), ...field(2, ...flat(...fields)));
}

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(WireError);
    return (error as Error).message;
  }
  return 'accepted';
}

const read = (codec: ObjectSerializer, ...fields: readonly (readonly Part[])[]) =>
  codec.open(document('X', ...fields)).read() as unknown as Record<string, never>;

describe('what is no document', () => {
  // Asked of kube-apiserver 1.36.3.
  it.each([
    [bytes(), 'empty data'],
    [bytes('k8'), 'provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]'],
    [bytes('{"kind":"Pod"}'), 'provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]'],
    [bytes('k8s', 0), 'empty body'],
    [bytes('k8s', 0, 0x0a, 0x7f), 'unexpected EOF'],
    [bytes('k8s', 0, 0x07), 'proto: Unknown: illegal tag 0 (wire type 7)'],
    [bytes('k8s', 0, 0x08, 1), 'proto: wrong wireType = 0 for field TypeMeta'],
    [bytes('k8s', 0, 0x18, 1), 'proto: wrong wireType = 0 for field ContentEncoding'],
  ])('%s: %s', (given, text) => expect(refusal(() => configMaps.open(given))).toBe(text));

  it('says nothing of a kind that is not there, nor of a version that is none', () => {
    expect(configMaps.open(bytes('k8s', 0, ...field(2))).typeMeta).toEqual({ apiVersion: '', kind: '' });
    const nonsense = bytes('k8s', 0, ...field(1, ...field(1, 'a/b/c'), ...field(2, 'Pod')));
    expect(configMaps.open(nonsense).typeMeta).toEqual({ apiVersion: '', kind: 'Pod' });
  });
});

describe('what is no message', () => {
  it.each<[string, Part[], string]>([
    ['cut off', [0x0a, 0x10, 'ab'], 'unexpected EOF'],
    ['a number for a message', [0x08, 1], 'proto: wrong wireType = 0 for field ObjectMeta'],
    ['field 0', [0x00, 1], 'proto: ConfigMap: illegal tag 0 (wire type 0)'],
    ['an end without a start', [0x0c], 'proto: ConfigMap: wiretype end group for non-group'],
    ['an unknown field of an unknown form', [0x7e], 'proto: illegal wireType 6'],
    ['a tag without an end', Array(11).fill(0xff), 'proto: integer overflow'],
    ['a negative length', [0x0a, ...Array(9).fill(0xff), 1], 'proto: negative length found during unmarshaling'],
    ['a group that does not end', [0xf3, 1, 0xf8, 1, 1], 'unexpected EOF'],
  ])('%s', (_, parts, text) => {
    const opened = configMaps.open(bytes('k8s', 0, ...field(2, ...parts)));
    expect(refusal(() => opened.read())).toBe(text);
  });

  it('a part may not reach beyond what holds it', () => {
    const metadata = field(1, 0x0a, 4, 'abc');
    expect(refusal(() => read(configMaps, metadata, field(2, ...field(1, 'k'))))).toBe('unexpected EOF');
  });

  it('is refused when it nests beyond reason', async () => {
    const { apiextensionsV1 } = await import('@orlop/kubernetes-schema/apiextensions/v1');
    const codec = await serializer.load(apiextensionsV1('JSONSchemaProps'));
    // `not` in `not`, each in five bytes: tag and length.
    const depth = 30_000;
    const nested = Buffer.alloc(depth * 6, 0);
    let at = nested.length;
    for (let size = 0, i = 0; i < depth; i++) {
      const head: number[] = [0xe2, 0x01];
      for (let rest = size; ; rest >>>= 7) {
        head.push(rest < 0x80 ? rest : (rest & 0x7f) | 0x80);
        if (rest < 0x80) break;
      }
      at -= head.length;
      nested.set(head, at);
      size = nested.length - at;
    }
    const raw = nested.subarray(at);
    const length: number[] = [];
    for (let rest = raw.length; ; rest >>>= 7) {
      length.push(rest < 0x80 ? rest : (rest & 0x7f) | 0x80);
      if (rest < 0x80) break;
    }
    const opened = codec.open(Buffer.concat([Buffer.from('k8s\0\x12'), Buffer.from(length), raw]));
    expect(refusal(() => opened.read())).toBe('proto: the message is nested too deep');
  });
});

describe('what clients may write in more than one way', () => {
  it('unknown fields of every form are passed over', () => {
    const unknown: Part[] = [0xf8, 1, 5, 0xf9, 1, ...Array(8).fill(7), ...[0xfa, 1, ['xy']], 0xfd, 1, 1, 2, 3, 4];
    const group: Part[] = [0xf3, 1, 0x0b, 0x08, 1, 0x0c, ...[0x12, ['z']], 0xf4, 1];
    const object = read(configMaps, unknown, group, field(1, ...field(1, 'a')));
    expect(object).toMatchObject({ metadata: { name: 'a' } });
  });

  it('of two values the last counts, messages are merged, maps and lists grow', () => {
    const object = read(
      configMaps,
      field(1, ...field(1, 'a'), ...field(3, 'ns'), ...field(14, 'one')),
      field(1, ...field(1, 'b'), ...field(14, 'two')),
      field(2, ...field(1, 'k'), ...field(2, 'old')),
      field(2, ...field(2, 'new'), ...field(1, 'k')),
      field(2, ...field(1, '__proto__')),
    );
    expect(object.metadata).toEqual({ name: 'b', namespace: 'ns', finalizers: ['one', 'two'] });
    expect(Object.entries(object.data!)).toEqual([
      ['k', 'new'],
      ['__proto__', ''],
    ]);
  });

  it('numbers of a list may come in one piece', () => {
    const groups = [0x22, [1, 0xac, 0x02]] as const;
    const spec = field(2, ...field(14, ...groups, 0x20, 7));
    expect(read(pods, spec).spec).toMatchObject({ securityContext: { supplementalGroups: [1, 300, 7] } });
  });

  it('a map entry without a value has an empty one, also of bytes', () => {
    const object = read(configMaps, field(2, ...field(1, 'a')), field(3, ...field(1, 'b')));
    expect(object).toMatchObject({ data: { a: '' }, binaryData: { b: '' } });
  });
});

describe('values', () => {
  it('of DeleteOptions: zeros and negatives are kept', () => {
    const minus = [0x08, ...Array(9).fill(0xff), 0x01];
    const object = read(deletions, minus, [0x18, 0], field(2, ...field(1, 'u')), field(4, 'Orphan'), field(5, 'All'));
    expect(object).toEqual({
      kind: 'X',
      apiVersion: 'v1',
      gracePeriodSeconds: -1,
      preconditions: { uid: 'u' },
      orphanDependents: false,
      propagationPolicy: 'Orphan',
      dryRun: ['All'],
    });
  });

  it.each([0, 1, 127, 128, -1, 2 ** 31, -(2 ** 31), 2 ** 53 - 1, -(2 ** 53 - 1), 2n ** 63n - 1n, -(2n ** 63n)])(
    'the 64 bits of %s survive',
    (gracePeriodSeconds) => {
      const options = { kind: 'DeleteOptions', apiVersion: 'v1', gracePeriodSeconds } as never;
      expect(deletions.open(deletions.encode(options)).read()).toEqual(options);
    },
  );

  it.each(['', 'plain', 'ü', '日本 🚢', 'x'.repeat(64), `${'x'.repeat(63)}é`, 'long é '.repeat(5_000)])(
    'texts survive: %.10s',
    (text) => {
      const object = { kind: 'ConfigMap', apiVersion: 'v1', metadata: { name: text }, data: { [text]: text } } as never;
      const back = configMaps.open(configMaps.encode(object)).read() as unknown as { data: object };
      expect(back.data).toEqual({ [text]: text });
    },
  );

  it('bytes survive, whatever their number', () => {
    for (let size = 0; size < 300; size++) {
      const binary = Buffer.from(Array.from({ length: size }, (_, i) => (i * 37 + size) & 0xff)).toString('base64');
      const object = { kind: 'ConfigMap', apiVersion: 'v1', metadata: {}, binaryData: { b: binary } } as never;
      expect(configMaps.open(configMaps.encode(object)).read()).toEqual(object);
    }
  });

  it('a time is in whole seconds, and one that was never set is none', () => {
    const created = (...timestamp: Part[]) => read(configMaps, field(1, ...field(8, ...timestamp))).metadata;
    expect(created(0x08, 0x80, 0x01, 0x10, 0x99, 0x01)).toEqual({ creationTimestamp: '1970-01-01T00:02:08Z' });
    expect(created()).toEqual({});
    expect(refusal(() => created(0x08, ...Array(8).fill(0xff), 0x7f))).toBe(
      'Time.MarshalJSON: year outside of range [0,9999]',
    );
  });

  it('a number or text that is neither is refused', () => {
    const probe = (...port: Part[]) =>
      field(2, ...field(2, ...field(10, ...field(1, ...field(2, ...field(2, ...port))))));
    expect(refusal(() => read(pods, probe(0x08, 2)))).toBe('impossible IntOrString.Type');
    const spec = read(pods, probe(0x08, 1, ...field(3, '50%'))).spec;
    expect(spec).toMatchObject({ containers: [{ livenessProbe: { httpGet: { port: '50%' } } }] });
  });
});

it('supports types by name and no others', async () => {
  expect(serializer.supports(coreV1('Pod'))).toBe(true);
  const custom = compileSchema({ type: 'object', properties: { spec: { type: 'object' } } });
  expect(serializer.supports(custom)).toBe(false);
  await expect(serializer.load(custom)).rejects.toThrow('no protobuf numbers');
});
