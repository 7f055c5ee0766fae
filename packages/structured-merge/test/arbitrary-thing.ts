import fc from 'fast-check';

const few = (...values: unknown[]) => fc.constantFrom(...values);
const word = fc.constantFrom('a', 'b', 'c', '1', 'x.y/z');
const label = fc.constantFrom('', 'v', 'w');
const texts = fc.dictionary(word, label, { maxKeys: 3 });

const sometimes = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });

/** Objects without the members that were left to chance. */
function record(fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Record<string, unknown>> {
  return fc
    .record(Object.fromEntries(Object.entries(fields).map(([name, arbitrary]) => [name, sometimes(arbitrary)])))
    .map((object) => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)));
}

const orNull = <T>(arbitrary: fc.Arbitrary<T>, nulls: boolean): fc.Arbitrary<T | null> =>
  nulls ? fc.option(arbitrary, { nil: null, freq: 7 }) : arbitrary;

interface Options {
  /** Lists may hold an item twice. */
  readonly duplicates: boolean;
  readonly nulls: boolean;
}

/** Values of the type `thing`, small enough that two of them often meet. */
export function arbitraryThing({ duplicates, nulls }: Options): fc.Arbitrary<Record<string, unknown>> {
  const list = <T>(items: fc.Arbitrary<T>, key: (item: T) => unknown): fc.Arbitrary<T[]> =>
    duplicates
      ? fc.array(items, { maxLength: 4 })
      : fc.uniqueArray(items, { maxLength: 4, selector: (value) => String(JSON.stringify(key(value))) });
  const self = (value: unknown) => value;
  const inner = record({ a: label, m: orNull(texts, nulls) });
  const spec = record({ x: orNull(label, nulls), y: few(0, 1, 1.5), inner: orNull(inner, nulls) });
  const port = fc
    .tuple(fc.constantFrom(80, 443), fc.constantFrom(undefined, 'TCP', 'UDP'), fc.constantFrom(undefined, 'p', 'r'))
    .map(([number, protocol, to]) => ({
      port: number,
      ...(protocol === undefined ? {} : { protocol }),
      ...(to === undefined ? {} : { to }),
    }));
  const item = fc
    .tuple(
      word,
      record({
        image: label,
        tags: list(word, self),
        ports: list(port, ({ port: number, ...rest }) => [number, 'protocol' in rest ? rest.protocol : 'TCP']),
      }),
    )
    .map(([name, rest]) => ({ name, ...rest }));
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 2 },
      few(0, 1, 'a', true, ...(nulls ? [null] : [])),
      fc.array(tie('tree'), { maxLength: 2 }),
      fc.dictionary(word, tie('tree'), { maxKeys: 3 }),
    ),
  }));
  const open = fc
    .tuple(record({ x: label, tags: list(word, self) }), fc.dictionary(fc.constantFrom('k', 'l'), tree, { maxKeys: 2 }))
    .map(([known, unknown]) => ({ ...unknown, ...known }));
  return record({
    n: few(0, 1, 2.5),
    b: fc.boolean(),
    q: few(1, '1', '1000m'),
    labels: orNull(texts, nulls),
    whole: orNull(texts, nulls),
    spec: orNull(spec, nulls),
    ref: orNull(record({ name: label, uid: label }), nulls),
    tags: orNull(list(word, self), nulls),
    numbers: list(fc.constantFrom(1, 2, 10, 1.5), self),
    plain: orNull(list(word, self), nulls),
    items: orNull(
      list(item, ({ name }) => name),
      nulls,
    ),
    by: fc.dictionary(word, spec, { maxKeys: 2 }),
    any: tree,
    open: orNull(open, nulls),
    raw: fc.dictionary(word, tree, { maxKeys: 2 }),
  });
}
