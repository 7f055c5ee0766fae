import { decodeFieldsV1, fieldsOf, noFields } from '@orlop/structured-merge';
import { expect, it } from 'vitest';
import { configuration, kept, type Motor, motorFields, motorType } from '../support/motors.ts';

/** Reproducible: the number of a run is in its name. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed + 1;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return (state >> 8) % below;
  };
}

const names = ['a', 'b', 'c'];

function randomSpec(random: (below: number) => number): NonNullable<Motor['spec']> {
  const some = () => names.filter(() => random(2) === 0);
  const spec: Record<string, unknown> = {};
  if (random(2) === 0) spec['size'] = random(3) + 1;
  if (random(2) === 0) spec['speed'] = random(3) + 1;
  const parts = some();
  if (parts.length > 0) {
    spec['parts'] = parts.map((name) => (random(2) === 0 ? { name } : { name, weight: random(3) + 1 }));
  }
  const colors = some();
  if (colors.length > 0) spec['colors'] = Object.fromEntries(colors.map((name) => [name, String(random(3))]));
  if (random(3) === 0) spec['place'] = { room: String(random(3)) };
  return spec;
}

const value = (object: Motor) => ({ ...object, metadata: { ...object.metadata, managedFields: undefined } });

/** Everything that is there, and everything that is owned. */
function fieldsAndOwners({ spec, metadata }: Motor) {
  const there = fieldsOf({ type: motorType, value: spec === undefined ? {} : { spec } });
  let owned = noFields;
  for (const { fieldsV1 } of metadata.managedFields ?? []) owned = owned.union(decodeFieldsV1(fieldsV1!));
  return { there, owned: owned.leaves() };
}

it.each(Array.from({ length: 60 }, (_, seed) => seed))('twenty random writes, run %i', (seed) => {
  const random = randomFrom(seed);
  const m = motorFields();
  let live = kept(m.fields.apply(undefined, configuration(randomSpec(random)), 'first', false));
  for (let step = 0; step < 20; step++) {
    m.time++;
    const manager = `m${random(3)}`;
    const spec = randomSpec(random);
    if (random(3) === 0) {
      live = m.fields.update(live, { ...live, spec }, manager);
      // Whoever writes the same again changes nothing.
      expect(m.fields.update(live, { ...live, spec: structuredClone(spec) }, manager)).toEqual(live);
    } else {
      live = m.fields.apply(live, configuration(spec), manager, true);
      for (const [name, wanted] of Object.entries(spec)) {
        const got = live.spec?.[name as keyof typeof spec];
        expect(got).toMatchObject(
          Array.isArray(wanted)
            ? expect.arrayContaining(wanted.map((part) => expect.objectContaining(part)))
            : (wanted as object),
        );
      }
      const again = m.fields.apply(live, configuration(structuredClone(spec)), manager, false);
      expect(value(again)).toEqual(value(live));
      expect(again.metadata.managedFields).toEqual(live.metadata.managedFields);
    }
    if (live.metadata.managedFields === undefined) continue;
    const { there, owned } = fieldsAndOwners(live);
    expect(String(there.leaves().difference(owned))).toBe('');
    const containers = owned.difference(there).paths();
    for (const path of containers)
      expect(['.spec', '.spec.parts', '.spec.colors']).toContain(path.map(({ text }) => `.${text.slice(2)}`).join(''));
  }
});
