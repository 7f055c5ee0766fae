import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readYaml } from '../src/index.ts';
import { jsonInYaml } from '../src/yaml/json-in-yaml.ts';

/** A space in front, and it is read as YAML. */
const asYaml = (text: string) => readYaml(` ${text}`);

describe('JSON in place of YAML', () => {
  it('is read as JSON', () => {
    const text = '{"a":[1,"yes",null,{"<<":{"b":1}}],"\\u003c":"\\\\\\n","y":-7}\n';
    expect(jsonInYaml(text)).toEqual(JSON.parse(text));
    expect(readYaml(text)).toEqual(asYaml(text));
  });

  it('is read as YAML where that is not the same', () => {
    const texts = [
      '{"a":1,"a":2}',
      '{"a":-0}',
      '{"a":1e3}',
      '{"a":0.5}',
      '{"a":12345678901234567890}',
      '{"a":"\\ud83d\\ude00"}',
      '{"a":"\u2028"}',
      '{"a":\t1}',
      '{"a":"\\/"}',
      '[1]',
      '{"a":1}\n---\n{"b":1}',
      `{"${'k'.repeat(2000)}":1}`,
      '{"a":yes}',
      '{"a"',
    ];
    for (const text of texts) expect(jsonInYaml(text)).toBeUndefined();
  });

  it('means the same either way', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('yes', '<<', '~', '1', '#', ': '),
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null)),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(text, tie('value'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(text, value), fc.constantFrom(0, 2), (object, indent) => {
        const json = JSON.stringify(object, null, indent);
        const read = jsonInYaml(json);
        if (read !== undefined) expect({ value: read, duplicates: [] }).toEqual(asYaml(json));
      }),
      { numRuns: 300 },
    );
  });
});
