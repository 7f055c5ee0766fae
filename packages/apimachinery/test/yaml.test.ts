import { describe, expect, test } from 'vitest';
import { parseYaml, readYaml, toYaml, YamlError, yamlDuplicatesText } from '../src/index.ts';

const readings: readonly (readonly [text: string, value: unknown])[] = [
  ['', null],
  ['# nothing\n', null],
  ['just a sentence', 'just a sentence'],
  [
    'a: yes\nb: y\nc: off\nd: ~\ne:\nf: "off"\ng: Null\nh: NaN',
    { a: true, b: true, c: false, d: null, e: null, f: 'off', g: null, h: 'NaN' },
  ],
  [
    'a: 017\nb: 0o17\nc: 0x1F\nd: 1_000\ne: 1e3\nf: 09\ng: -0b11\nh: .5\ni: 1.',
    { a: 15, b: 15, c: 31, d: 1000, e: 1000, f: 9, g: -3, h: 0.5, i: 1 },
  ],
  ['a: 9007199254740993\nb: 99999999999999999999', { a: 9007199254740993n, b: 1e20 }],
  ['a: !!str 5\nb: !!int "5"\nc: !other x', { a: '5', b: 5, c: 'x' }],
  ['1: x\nyes: q\n1.5: z', { '1': 'x', true: 'q', '1.5': 'z' }],
  ['a: |\n  one\n  two\nb: >-\n  three\n  four\n', { a: 'one\ntwo\n', b: 'three four' }],
  ['---\n---\na: b\n', null],
  ['a: b\n---\n{{{ broken', { a: 'b' }],
  ['{"json": [1, true, null, "x"]}', { json: [1, true, null, 'x'] }],
];

describe('parseYaml', () => {
  test.each(readings)('%j', (text, value) => {
    expect(parseYaml(text)).toEqual(value);
  });

  test('times and numbers to the base 60 are texts', () => {
    expect(parseYaml('a: 1:30\nb: 2020-01-01\nc: .\nd: 1.2.3')).toEqual({
      a: '1:30',
      b: '2020-01-01',
      c: '.',
      d: '1.2.3',
    });
  });

  test('merge keys', () => {
    expect(parseYaml('l: &l {x: "1", z: "0"}\nm: *l\no:\n  <<: *l\n  z: "2"')).toEqual({
      l: { x: '1', z: '0' },
      m: { x: '1', z: '0' },
      o: { x: '1', z: '2' },
    });
  });

  test('of equal keys the last counts, and they are reported', () => {
    const { value, duplicates } = readYaml('metadata:\n  name: dup\ndata:\n  a: "1"\n  a: "2"\n  b: one\n  b: two\n');
    expect(value).toEqual({ metadata: { name: 'dup' }, data: { a: '2', b: 'two' } });
    expect(yamlDuplicatesText(duplicates)).toBe(
      'yaml: unmarshal errors:\n  line 5: key "a" already set in map\n  line 7: key "b" already set in map',
    );
    expect(yamlDuplicatesText([])).toBeUndefined();
  });

  test('an alias means what bore its name last before it, wherever it is read again', () => {
    expect(parseYaml('a: &x 1\nb: &x 2\nc: *x\n')).toEqual({ a: 1, b: 2, c: 2 });
    expect(parseYaml('a: &x 1\nb: &y [*x, &z 3]\nc: &x 2\nd: *y\ne: &z 4\nf: [*y, *z]\n')).toEqual({
      a: 1,
      b: [1, 3],
      c: 2,
      d: [1, 3],
      e: 4,
      f: [[1, 3], 4],
    });
  });

  const bomb = [
    'a: &a [1,2]',
    ...['b', 'c', 'd', 'e', 'f', 'g'].map((key, index) => `${key}: &${key} [${Array(10).fill(`*${'abcdef'[index]}`)}]`),
  ];

  test.each([
    ['a: *x', "yaml: unknown anchor 'x' referenced"],
    ['a: &a [*a]', "yaml: anchor 'a' value contains itself"],
    ['a: "\\q"', 'yaml: found unknown escape character'],
    ['a: .inf', 'json: unsupported value: +Inf'],
    ['~: a', 'unsupported map key of type: %!s(<nil>), key: <nil>, value: "a"'],
    ['%YAML 1.2\n---\na: b', 'yaml: found incompatible YAML document'],
    ['v: 1\nd:\n  a: b: c', 'yaml: line 3: mapping values are not allowed in this context'],
    ['v: 1\nd:\n\ta: b', 'yaml: line 3: found character that cannot start any token'],
    ['a: "x\n', 'yaml: line 2: found unexpected end of stream'],
    [bomb.join('\n'), 'yaml: document contains excessive aliasing'],
  ])('%j', (text, message) => {
    expect(() => parseYaml(text)).toThrow(new YamlError(message));
  });
});

/** Written by kube-apiserver 1.36.3. */
const written: readonly (readonly [text: string, yaml: string])[] = [
  ['yes', '"yes"'],
  ['1', '"1"'],
  ['1.5', '"1.5"'],
  ['~', '"~"'],
  ['', '""'],
  [' lead', "' lead'"],
  ['trail ', "'trail '"],
  ['multi\nline\n', '|\n  multi\n  line'],
  ['multi\nno end', '|-\n  multi\n  no end'],
  ['multi\n\n\nend\n\n\n', '|+\n  multi\n\n\n  end\n\n'],
  [' lead\nnext\n', '|2\n   lead\n  next'],
  ['trail space \nnext\n', '"trail space \\nnext\\n"'],
  ['with: colon', "'with: colon'"],
  ['x:', "'x:'"],
  [':x', ':x'],
  ['# hash', "'# hash'"],
  ['a #b', "'a #b'"],
  ["it's", "it's"],
  ["a'b: c", "'a''b: c'"],
  ['"q"', '\'"q"\''],
  ['- dash', "'- dash'"],
  ['-x', '-x'],
  ['-', "'-'"],
  ['...', "'...'"],
  ['{a}', "'{a}'"],
  ['a, b', 'a, b'],
  ['=', '='],
  ['<<', '<<'],
  ['0x1f', '"0x1f"'],
  ['0o17', '"0o17"'],
  ['0o8', '0o8'],
  ['1_000', '"1_000"'],
  ['09', '"09"'],
  ['+1', '"+1"'],
  ['.5', '".5"'],
  ['-.inf', '"-.inf"'],
  ['1:30', '"1:30"'],
  ['1:99', '1:99'],
  ['2020-01-01', '"2020-01-01"'],
  ['2020-01-01T00:00:00Z', '"2020-01-01T00:00:00Z"'],
  ['tab\there', '"tab\\there"'],
  ['\u0001', '"\\x01"'],
  ['é ü ☃', 'é ü ☃'],
  ['😀 x', '"\\U0001F600 x"'],
  ['\r\n', '"\\r\\n"'],
  [
    'a long text that goes on and on and on for well over eighty columns to see how it is folded here and there',
    'a long text that goes on and on and on for well over eighty columns to see how\n  it is folded here and there',
  ],
];

describe('toYaml', () => {
  test.each(written)('%j', (value, yaml) => {
    expect(toYaml({ k: value })).toBe(`k: ${yaml}\n`);
    expect(parseYaml(toYaml({ k: value }))).toEqual({ k: value });
  });

  test('sorted keys, lists at the indent of their key, empty things inline', () => {
    const value = {
      n: 1,
      b: [{ y: [], x: {} }, [1, [2]], 'z'],
      a2: null,
      a10: true,
      f: 1234567.5,
      '.': { deep: { er: 'x' } },
    };
    const yaml =
      '.:\n  deep:\n    er: x\na2: null\na10: true\nb:\n- x: {}\n  "y": []\n- - 1\n  - - 2\n- z\nf: 1.2345675e+06\n"n": 1\n';
    expect(toYaml(value)).toBe(yaml);
    expect(parseYaml(yaml)).toEqual(value);
    expect(toYaml({})).toBe('{}\n');
    expect(toYaml([])).toBe('[]\n');
    expect(toYaml('x')).toBe('x\n');
  });

  test('long keys stand behind a question mark', () => {
    const key = 'k'.repeat(130);
    expect(toYaml({ [key]: 'v' })).toBe(`? ${key}\n: v\n`);
    expect(parseYaml(toYaml({ [key]: { a: [1] } }))).toEqual({ [key]: { a: [1] } });
  });
});
