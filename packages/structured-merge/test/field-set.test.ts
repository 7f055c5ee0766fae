import { describe, expect, it } from 'vitest';
import {
  anyElement,
  compareElements,
  decodeFieldsV1,
  elementText,
  encodeFieldsV1,
  excludeFields,
  type FieldSet,
  FieldsV1Error,
  fieldElement,
  fieldSet,
  fieldsV1Object,
  includeFields,
  indexElement,
  keyElement,
  noFields,
  type PathElement,
  pathOf,
  pathText,
  valueElement,
} from '../src/index.ts';

const web = keyElement({ name: 'web' });
const log = keyElement({ name: 'log' });
const of = (text: string): FieldSet => decodeFieldsV1(text);

describe('path elements', () => {
  const inOrder: readonly PathElement[] = [
    fieldElement('B'),
    fieldElement('a'),
    fieldElement('aa'),
    fieldElement('\uffee'),
    fieldElement('\u{1f600}'),
    keyElement({ a: 1 }),
    keyElement({ a: 2 }),
    keyElement({ a: 2, b: 0 }),
    keyElement({ a: 10 }),
    keyElement({ a: '1' }),
    keyElement({ a: false }),
    keyElement({ a: true }),
    keyElement({ a: null }),
    keyElement({ b: 1 }),
    valueElement(1),
    valueElement(1.5),
    valueElement(2),
    valueElement('1'),
    valueElement('a'),
    valueElement(false),
    valueElement([1]),
    valueElement([1, 2]),
    valueElement({ a: 1 }),
    valueElement(null),
    indexElement(2),
    indexElement(10),
  ];

  it('are ordered by kind, then by content', () => {
    for (const [i, a] of inOrder.entries()) {
      for (const [j, b] of inOrder.entries()) expect(Math.sign(compareElements(a, b))).toBe(Math.sign(i - j));
    }
  });

  const texts: readonly [PathElement, string, string][] = [
    [fieldElement('spec'), 'f:spec', '.spec'],
    [fieldElement('a<b'), 'f:a<b', '.a<b'],
    [keyElement({ name: 'web' }), 'k:{"name":"web"}', '[name="web"]'],
    [keyElement({ protocol: 'TCP', port: 80 }), 'k:{"port":80,"protocol":"TCP"}', '[port=80,protocol="TCP"]'],
    [keyElement({ name: '<&>' }), 'k:{"name":"\\u003c\\u0026\\u003e"}', '[name="<&>"]'],
    [valueElement('x'), 'v:"x"', '[="x"]'],
    [valueElement('a"\\\n\u2028'), 'v:"a\\"\\\\\\n\\u2028"', '[="a\\"\\\\\\n\\u2028"]'],
    [valueElement('\b\u00ad\u00e9'), 'v:"\\u0008\u00ad\u00e9"', '[="\\b\\u00ad\u00e9"]'],
    [valueElement(1e-7), 'v:1e-07', '[=1e-07]'],
    [valueElement(0.00001), 'v:0.00001', '[=1e-05]'],
    [valueElement(1e23), 'v:1e+23', '[=1e+23]'],
    [valueElement(true), 'v:true', '[=true]'],
    [valueElement(9007199254740993n), 'v:9007199254740993', '[=9007199254740993]'],
    [indexElement(3), 'i:3', '[3]'],
  ];
  for (const [element, encoded, text] of texts) {
    it(`${encoded} reads ${text}`, () => {
      expect(element.text).toBe(encoded);
      expect(elementText(element)).toBe(text);
    });
  }

  it('has numbers that were stored printed as floating ones', () => {
    const path = pathOf('items', keyElement({ port: 1234567 }), 'to');
    expect(pathText(path)).toBe('.items[port=1234567].to');
    expect(pathText(path, true)).toBe('.items[port=1.234567e+06].to');
  });
});

describe('FieldsV1', () => {
  const same: readonly string[] = [
    '{}',
    '{"f:a":{}}',
    '{"f:a":{".":{},"f:b":{}}}',
    '{"f:spec":{"f:template":{"f:spec":{"f:containers":{"k:{\\"name\\":\\"web\\"}":{".":{},"f:image":{},"f:name":{}}}}}}}',
    '{"f:metadata":{"f:finalizers":{".":{},"v:\\"e.com/1\\"":{}}}}',
    '{"f:l":{"i:0":{},"i:2":{"f:a":{}}}}',
    '{"f:p":{"k:{\\"port\\":80,\\"protocol\\":\\"TCP\\"}":{},"v:1.5":{},"v:true":{}}}',
  ];
  for (const text of same) {
    it(`keeps ${text}`, () => {
      expect(encodeFieldsV1(of(text))).toBe(text);
      expect(JSON.stringify(fieldsV1Object(of(text)))).toBe(text);
      expect(of(text)).toBe(decodeFieldsV1(JSON.parse(text)));
    });
  }

  const normalised: readonly [string, string][] = [
    ['{"f:b":{},"f:a":{}}', '{"f:a":{},"f:b":{}}'],
    ['{"f:a":{".":{}}}', '{"f:a":{}}'],
    ['{".":{},"f:a":{}}', '{"f:a":{}}'],
    ['{"f:a":null}', '{"f:a":{}}'],
    ['null', '{}'],
    ['{"x:new":{"f:a":{}},"f:a":{"y:other":{}}}', '{"f:a":{}}'],
    ['{"k:{\\"b\\":1,\\"a\\":2}":{}}', '{"k:{\\"a\\":2,\\"b\\":1}":{}}'],
    ['{"v:1.0":{}}', '{"v:1":{}}'],
    ['{"i:+1":{}}', '{"i:1":{}}'],
  ];
  for (const [text, canonical] of normalised) {
    it(`reads ${text} as ${canonical}`, () => expect(encodeFieldsV1(of(text))).toBe(canonical));
  }

  for (const text of [
    '',
    '[]',
    '5',
    '{',
    '{"f":{}}',
    '{"":{}}',
    '{"spec":{}}',
    '{"f:a":5}',
    '{"f:a":[]}',
    '{"v:":{}}',
    '{"v:1 2":{}}',
    '{"k:[]":{}}',
    '{"k:{":{}}',
    '{"i:x":{}}',
    '{"i:":{}}',
  ]) {
    it(`refuses ${text}`, () => expect(() => of(text)).toThrow(FieldsV1Error));
  }

  it('gives one set for one text, and forgets what was long not asked for', () => {
    const kept = of('{"f:kept":{}}');
    for (let i = 0; i < 20_000; i++) {
      of(`{"f:n${i}":{}}`);
      if (i % 100 === 0) expect(of('{"f:kept":{}}')).toBe(kept);
    }
  });
});

describe('sets of fields', () => {
  const table: readonly [string, FieldSet, FieldSet, string, string, string, string][] = [
    // a, b: union, intersection, difference, recursive difference
    ['nothing', noFields, noFields, '{}', '{}', '{}', '{}'],
    ['apart', of('{"f:a":{}}'), of('{"f:b":{}}'), '{"f:a":{},"f:b":{}}', '{}', '{"f:a":{}}', '{"f:a":{}}'],
    [
      'equal',
      of('{"f:a":{"f:b":{}}}'),
      of('{"f:a": {"f:b":{}}}'),
      '{"f:a":{"f:b":{}}}',
      '{"f:a":{"f:b":{}}}',
      '{}',
      '{}',
    ],
    [
      'a parent and its child',
      of('{"f:a":{}}'),
      of('{"f:a":{"f:b":{}}}'),
      '{"f:a":{".":{},"f:b":{}}}',
      '{}',
      '{"f:a":{}}',
      '{"f:a":{}}',
    ],
    [
      'a child and its parent',
      of('{"f:a":{"f:b":{}}}'),
      of('{"f:a":{}}'),
      '{"f:a":{".":{},"f:b":{}}}',
      '{}',
      '{"f:a":{"f:b":{}}}',
      '{}',
    ],
    [
      'siblings below',
      of('{"f:a":{".":{},"f:b":{},"f:c":{}}}'),
      of('{"f:a":{"f:c":{},"f:d":{}}}'),
      '{"f:a":{".":{},"f:b":{},"f:c":{},"f:d":{}}}',
      '{"f:a":{"f:c":{}}}',
      '{"f:a":{".":{},"f:b":{}}}',
      '{"f:a":{".":{},"f:b":{}}}',
    ],
    [
      'items',
      fieldSet(pathOf('l', web, 'image'), pathOf('l', log)),
      fieldSet(pathOf('l', web)),
      '{"f:l":{"k:{\\"name\\":\\"log\\"}":{},"k:{\\"name\\":\\"web\\"}":{".":{},"f:image":{}}}}',
      '{}',
      '{"f:l":{"k:{\\"name\\":\\"log\\"}":{},"k:{\\"name\\":\\"web\\"}":{"f:image":{}}}}',
      '{"f:l":{"k:{\\"name\\":\\"log\\"}":{}}}',
    ],
  ];
  for (const [title, a, b, union, intersection, difference, recursive] of table) {
    it(title, () => {
      expect(encodeFieldsV1(a.union(b))).toBe(union);
      expect(encodeFieldsV1(a.intersection(b))).toBe(intersection);
      expect(encodeFieldsV1(a.difference(b))).toBe(difference);
      expect(encodeFieldsV1(a.recursiveDifference(b))).toBe(recursive);
    });
  }

  it('lists members of a level before what lies below them', () => {
    const set = of('{"f:b":{"f:x":{}},"f:a":{".":{},"f:z":{"f:q":{}},"f:y":{}},"f:c":{}}');
    expect(Array.from(set.paths(), (path) => pathText(path))).toEqual(['.a', '.c', '.a.y', '.a.z.q', '.b.x']);
    expect(set.toString()).toBe('.a\n.c\n.a.y\n.a.z.q\n.b.x');
    expect(set.size).toBe(5);
  });

  it('knows what it has', () => {
    const set = fieldSet(pathOf('a', 'b'), pathOf('a'), pathOf('l', web, 'image'), []);
    expect(set.has(pathOf('a'))).toBe(true);
    expect(set.has(pathOf('a', 'b'))).toBe(true);
    expect(set.has(pathOf('a', 'b', 'c'))).toBe(false);
    expect(set.has(pathOf('l'))).toBe(false);
    expect(set.has(pathOf('l', keyElement({ name: 'web' }), 'image'))).toBe(true);
    expect(set.has([])).toBe(false);
    expect(set.below(fieldElement('l')).hasMember(web)).toBe(false);
    expect(set.below(fieldElement('x'))).toBe(noFields);
    expect(encodeFieldsV1(set.leaves())).toBe('{"f:a":{"f:b":{}},"f:l":{"k:{\\"name\\":\\"web\\"}":{"f:image":{}}}}');
  });

  it('is the same object where nothing changes', () => {
    const big = of('{"f:a":{".":{},"f:b":{}},"f:c":{}}');
    const part = of('{"f:a":{"f:b":{}}}');
    const other = of('{"f:z":{}}');
    expect(big.union(part)).toBe(big);
    expect(noFields.union(big)).toBe(big);
    expect(big.difference(other)).toBe(big);
    expect(big.recursiveDifference(other)).toBe(big);
    expect(big.intersection(big)).toBe(big);
    expect(part.leaves()).toBe(part);
  });

  it('is filtered by what is left out', () => {
    const filter = excludeFields(fieldSet(pathOf('status'), pathOf('metadata', 'labels')));
    const set = of('{"f:metadata":{"f:labels":{"f:x":{}},"f:name":{}},"f:status":{"f:a":{}}}');
    expect(encodeFieldsV1(filter(set))).toBe('{"f:metadata":{"f:name":{}}}');
  });

  it('is filtered by what is kept', () => {
    const filter = includeFields(
      [fieldElement('spec'), fieldElement('containers'), anyElement, fieldElement('resources')],
      [fieldElement('metadata')],
    );
    const set = of(
      '{"f:metadata":{"f:name":{}},"f:spec":{".":{},"f:containers":{"k:{\\"name\\":\\"a\\"}":{".":{},"f:image":{},"f:resources":{".":{},"f:limits":{}}}},"f:x":{}}}',
    );
    expect(encodeFieldsV1(filter(set))).toBe(
      '{"f:metadata":{"f:name":{}},"f:spec":{".":{},"f:containers":{"k:{\\"name\\":\\"a\\"}":{".":{},"f:resources":{".":{},"f:limits":{}}}}}}',
    );
    expect(includeFields([])(set)).toBe(set);
    expect(includeFields()(set).empty).toBe(true);
  });
});

it('equal sets share one object, and are one set again when they are read', () => {
  const made = () => fieldSet(pathOf('spec', 'interned'), pathOf('spec', 'list', web, 'image'));
  const first = made();
  const object = fieldsV1Object(first);
  expect(fieldsV1Object(made())).toBe(object);
  expect(Object.isFrozen(object)).toBe(true);
  expect(decodeFieldsV1(encodeFieldsV1(made()))).toBe(first);
  expect(decodeFieldsV1(JSON.parse(encodeFieldsV1(made())))).toBe(first);
});
