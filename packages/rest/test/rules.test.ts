import { fieldError, fieldErrorText, fieldPath } from '@orlop/apimachinery';
import { describe, expect, it } from 'vitest';
import {
  below,
  check,
  describeRules,
  dnsLabel,
  each,
  field,
  forbidden,
  immutable,
  maxItems,
  nonNegative,
  nonZero,
  portNumber,
  present,
  provide,
  type RuleRequest,
  type Rules,
  range,
  required,
  rule,
  rules,
  sameValue,
  scope,
  sharing,
  supported,
  union,
  uniqueBy,
  uniqueItems,
  uniqueWithin,
  when,
} from '../src/rules/index.ts';

interface Port {
  name?: string;
  number: number;
}

interface Container {
  name: string;
  image?: string;
  policy?: string;
  ports?: Port[];
  exec?: { command?: string[] };
  http?: { port: number };
}

interface Pod {
  kind?: string;
  spec: { containers: Container[]; tags?: string[]; replicas?: number; labels?: Record<string, string> };
}

const create: RuleRequest = { operation: 'create' };
const texts = (errors: readonly Parameters<typeof fieldErrorText>[0][]) => errors.map(fieldErrorText);

const portRules = rules<Port>((at) => [field(at.name, dnsLabel), field(at.number, nonZero, portNumber)]);

const containerRules = rules<Container>((at) => [
  field(at.name, required, dnsLabel),
  field(at.image, required),
  field(at.policy, supported('Never', 'Always')),
  field(at.ports, each(portRules), uniqueBy('name'), maxItems(3)),
  when(({ policy }) => policy === 'Never', field(at.ports, forbidden('not with Never'))),
]);

describe('rules', () => {
  it('report in written order, with lazy paths', () => {
    const errors = containerRules.validate(
      { name: '', policy: 'Sometimes', ports: [{ name: 'A', number: 0 }, { number: 70_000 }] },
      fieldPath('spec', 'containers').index(0),
      create,
    );
    expect(texts(errors)).toEqual([
      'spec.containers[0].name: Required value',
      'spec.containers[0].image: Required value',
      'spec.containers[0].policy: Unsupported value: "Sometimes": supported values: "Never", "Always"',
      expect.stringContaining('spec.containers[0].ports[0].name: Invalid value: "A": a lowercase RFC 1123 label'),
      'spec.containers[0].ports[0].number: Required value',
      'spec.containers[0].ports[1].number: Invalid value: 70000: must be between 1 and 65535, inclusive',
    ]);
  });

  it('say nothing of what is right, and nothing of absent fields unless asked', () => {
    const good: Container = { name: 'a', image: 'b', ports: [{ name: 'x', number: 80 }, { number: 81 }] };
    expect(containerRules.validate(good, undefined, create)).toEqual([]);
  });

  it('find repeated items', () => {
    const twice = {
      name: 'a',
      image: 'b',
      ports: [
        { name: 'x', number: 1 },
        { name: 'x', number: 2 },
      ],
    };
    expect(texts(containerRules.validate(twice, undefined, create))).toEqual(['ports[1].name: Duplicate value: "x"']);
    const tags = rules<Pod>((at) => [field(at.spec.tags, uniqueItems)]);
    const pod: Pod = { spec: { containers: [], tags: ['a', 'b', 'a'] } };
    expect(texts(tags.validate(pod, undefined, create))).toEqual(['spec.tags[2]: Duplicate value: "a"']);
  });

  it('stop at the first rule that makes the rest moot', () => {
    const many = Array.from({ length: 4 }, (_, index) => ({ number: index + 1 }));
    const both = rules<Container>((at) => [
      field(at.ports, maxItems(3), each(rule('never', () => fieldError.invalid(undefined, 1, 'never')))),
    ]);
    expect(texts(both.validate({ name: 'a', ports: many }, undefined, create))).toEqual([
      'ports: Too many: 4: must have at most 3 items',
    ]);
  });

  it('hold under conditions', () => {
    const never: Container = { name: 'a', image: 'b', policy: 'Never', ports: [{ number: 1 }] };
    expect(texts(containerRules.validate(never, undefined, create))).toEqual(['ports: Forbidden: not with Never']);
  });

  it('show inner rules what outer ones computed', () => {
    const known = scope<Set<string>>('known');
    const seen = scope<Set<string>>('seen');
    const inner = rules<Container>((at) => [
      field(at.name, uniqueWithin(seen)),
      field(
        at.image,
        rule('known', (image, path, context) =>
          context.scope(known).has(image) ? undefined : fieldError.notFound(path, image),
        ),
      ),
    ]);
    const outer = rules<Pod>((at) => [
      provide(
        known,
        ({ spec }) => new Set(spec.tags),
        field(
          at.spec.containers,
          sharing(seen, () => new Set(), each(inner)),
        ),
      ),
    ]);
    const pod: Pod = {
      spec: {
        tags: ['x'],
        containers: [
          { name: 'a', image: 'x' },
          { name: 'a', image: 'y' },
        ],
      },
    };
    expect(texts(outer.validate(pod, undefined, create))).toEqual([
      'spec.containers[1].name: Duplicate value: "a"',
      'spec.containers[1].image: Not found: "y"',
    ]);
    expect(() => inner.validate({ name: 'a', image: 'x' }, undefined, create)).toThrow(
      'no enclosing rule provides seen',
    );
  });

  it('let one member of a union be set', () => {
    const handler = rules<Container>((at) => [
      union(
        [
          field(
            at.exec,
            rules<{ command?: string[] }>((exec) => [field(exec.command, required)]),
          ),
          field(at.http),
        ],
        {
          excess: 'only one',
          none: 'one is needed',
        },
      ),
    ]);
    const at = fieldPath('handler');
    expect(texts(handler.validate({ name: '' }, at, create))).toEqual(['handler: Required value: one is needed']);
    expect(texts(handler.validate({ name: '', exec: {}, http: { port: 1 } }, at, create))).toEqual([
      'handler.exec.command: Required value',
      'handler.http: Forbidden: only one',
    ]);
  });

  it('compare with the old object at the same place', () => {
    const frozen = rules<Pod>((at) => [field(at.spec.labels, immutable), field(at.spec.replicas, immutable)]);
    const old: Pod = { spec: { containers: [], replicas: 1 } };
    const request = { operation: 'update', old } as const;
    expect(frozen.validate({ spec: { containers: [], replicas: 1 } }, undefined, request)).toEqual([]);
    expect(texts(frozen.validate({ spec: { containers: [], labels: { a: 'b' } } }, undefined, request))).toEqual([
      'spec.labels: Invalid value: {"a":"b"}: field is immutable',
      'spec.replicas: Invalid value: null: field is immutable',
    ]);
    expect(frozen.validate({ spec: { containers: [], replicas: 5 } }, undefined, create)).toEqual([]);
  });

  it('tell a missing field from an empty one', () => {
    const needed = rules<Container>((at) => [field(at.exec, present('say what'))]);
    expect(texts(needed.validate({ name: '' }, undefined, create))).toEqual(['exec: Required value: say what']);
    expect(needed.validate({ name: '', exec: {} }, undefined, create)).toEqual([]);
  });

  it('are built on first use, so types may contain themselves', () => {
    interface Tree {
      size: number;
      children?: Tree[];
    }
    const tree: Rules<Tree> = rules<Tree>((at) => [field(at.size, nonNegative), field(at.children, each(tree))]);
    const errors = tree.validate({ size: 1, children: [{ size: 2, children: [{ size: -1 }] }] }, undefined, create);
    expect(texts(errors)).toEqual([
      'children[0].children[0].size: Invalid value: -1: must be greater than or equal to 0',
    ]);
    expect(describeRules(tree)).toEqual([{ path: 'size', rule: 'atLeast', args: [0], conditional: false }]);
  });

  it('can be read', () => {
    const pod = rules<Pod>((at) => [
      field(at.spec.containers, required, each(containerRules)),
      field(at.spec.replicas, range(0, 9)),
      check(function wholePod(_pod, path) {
        return fieldError.required(below(path, 'x', 'y'));
      }),
    ]);
    expect(
      describeRules(pod).map(({ path, rule, conditional }) => `${path} ${rule}${conditional ? ' ?' : ''}`),
    ).toEqual([
      'spec.containers required',
      'spec.containers[*].name required',
      'spec.containers[*].name dnsLabel',
      'spec.containers[*].image required',
      'spec.containers[*].policy supported',
      'spec.containers[*].ports[*].name dnsLabel',
      'spec.containers[*].ports[*].number nonZero',
      'spec.containers[*].ports[*].number range',
      'spec.containers[*].ports uniqueBy',
      'spec.containers[*].ports maxItems',
      'spec.containers[*].ports forbidden ?',
      'spec.replicas range',
      ' wholePod',
    ]);
    expect(texts(pod.validate({ spec: { containers: [{ name: 'a', image: 'b' }] } }, undefined, create))).toEqual([
      'x.y: Required value',
    ]);
  });
});

describe('handles', () => {
  it('do not compile with wrong names or rules of other types', () => {
    const wrong = rules<Container>((at) => [
      // @ts-expect-error there is no such field
      field(at.nmae, required),
      // @ts-expect-error a rule for texts on a list
      field(at.ports, dnsLabel),
      // @ts-expect-error items have no such field
      field(at.ports, uniqueBy('nme')),
    ]);
    // The compiler is the judge; at run time a wrong name is a name like any other.
    expect(describeRules(wrong).map(({ path }) => path)).toEqual(['nmae', 'ports', 'ports']);
  });
});

describe('sameValue', () => {
  it.each([
    [undefined, null, true],
    [[], undefined, true],
    [{ a: [] }, {}, true],
    [{ a: {} }, {}, false],
    [{ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 }, true],
    [[1, 2], [2, 1], false],
    ['1', 1, false],
  ])('%j and %j: %s', (a, b, same) => {
    expect(sameValue(a, b)).toBe(same);
    expect(sameValue(b, a)).toBe(same);
  });
});
