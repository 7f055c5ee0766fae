import { describe, expect, it } from 'vitest';
import { configuration, kept, motor, motorFields, owners, thrown } from '../support/motors.ts';

const nameless = { parts: [{ weight: 1 } as unknown as { name: string }] };
const problem =
  '.spec.parts: element 0: associative list with keys has an element that omits all key fields ["name"] (and doesn\'t have default values for any key fields)';

// Seen on ServiceAccounts, whose `secrets` may hold an item without a name.
describe('an item that nothing tells apart', () => {
  it('leaves a creation without owners', () => {
    const m = motorFields();
    expect(owners(m.fields.update(undefined, motor(nameless), 'alice'))).toEqual([]);
    expect(m.errors).toHaveLength(1);
  });

  it('makes everybody lose everything on an update', () => {
    const m = motorFields();
    const live = kept(m.fields.update(undefined, motor({ size: 1 }), 'alice'));
    expect(owners(live)).toHaveLength(1);
    expect(owners(m.fields.update(live, { ...live, spec: { size: 1, ...nameless } }, 'bob'))).toEqual([]);
  });

  it('fails an apply, which says where it is', () => {
    const m = motorFields();
    const unowned = kept(motor(nameless));
    expect(thrown(() => m.fields.apply(unowned, configuration({ size: 2 }), 'alice', false))).toMatchObject({
      code: 500,
      message: `failed to create manager for existing fields: failed to convert new object (/m; test.dev/v1, Kind=Motor) to smd typed: ${problem}`,
    });
    expect(thrown(() => m.fields.apply(undefined, configuration(nameless), 'alice', false))).toMatchObject({
      code: 500,
      message: `failed to create typed patch object (/m; test.dev/v1, Kind=Motor): ${problem}`,
    });
  });
});
