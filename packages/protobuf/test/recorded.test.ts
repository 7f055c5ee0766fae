import { readFileSync } from 'node:fs';
import type { KubernetesObject } from '@orlop/apimachinery';
import type { PackageTypes } from '@orlop/kubernetes-schema';
import { protobufNumbers } from '@orlop/kubernetes-schema/protobuf';
import { decodeJson, encode, type TypeNode } from '@orlop/schema';
import { describe, expect, it } from 'vitest';
import { createProtobufSerializer } from '../src/index.ts';

/** The same objects in both forms, as kube-apiserver 1.36.3 answered them. */
interface Recorded {
  readonly package: string;
  readonly kind: string;
  readonly json: string;
  /** base64 */
  readonly protobuf: string;
}

const file = new URL('./recorded.json', import.meta.url);
const recorded = JSON.parse(readFileSync(file, 'utf8')) as readonly Recorded[];
const serializer = createProtobufSerializer(protobufNumbers);

async function typeOf(one: Recorded): Promise<TypeNode> {
  const module = (await import(`@orlop/kubernetes-schema/${one.package}`)) as Record<string, PackageTypes>;
  return module[one.package.replace(/\W(.)/g, (_, letter: string) => letter.toUpperCase())]!(one.kind);
}

describe.each(recorded)('a recorded $kind of $package', (one) => {
  const bytes = Buffer.from(one.protobuf, 'base64');

  it('is read as its JSON is', async () => {
    const type = await typeOf(one);
    const opened = (await serializer.load(type)).open(bytes);
    const object = opened.read();
    expect(encode(type, object)).toBe(one.json);
    expect(object).toEqual(decodeJson(type, one.json).value);
    expect(opened.typeMeta.kind).toBe(one.kind);
  });

  it('is written byte for byte, from protobuf and from JSON', async () => {
    const type = await typeOf(one);
    const codec = await serializer.load(type);
    expect(Buffer.from(codec.encode(codec.open(bytes).read())).equals(bytes)).toBe(true);
    const fromJson = codec.encode(JSON.parse(one.json) as KubernetesObject);
    expect(Buffer.from(fromJson).equals(bytes)).toBe(true);
  });
});
