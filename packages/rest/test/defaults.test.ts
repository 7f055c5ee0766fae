import { describe, expect, it } from 'vitest';
import { adjust, compute, defaults, setDefault, whenDefault, within, withinEach } from '../src/rules/index.ts';

interface Probe {
  period?: number;
  http?: { path?: string };
}

interface Spec {
  name?: string;
  policy?: string;
  size?: number;
  options?: Record<string, string>;
  probe?: Probe;
  probes?: Probe[] | null;
}

const probeDefaults = defaults<Probe>((at) => [setDefault(at.period, 10), setDefault(at.http.path, '/')]);

const specDefaults = defaults<Spec>((at) => [
  setDefault(at.policy, 'Always'),
  whenDefault(({ policy }) => policy === 'Always', setDefault(at.options, {}), setDefault(at.options['mode']!, 'fast')),
  compute(at.size, ({ name }) => (name === undefined ? undefined : name.length)),
  within(at.probe, probeDefaults),
  withinEach(at.probes, probeDefaults),
  adjust((spec) => {
    if (spec.size !== undefined) spec.size *= 2;
  }),
]);

function filled(spec: Spec): Spec {
  specDefaults.apply(spec);
  return spec;
}

describe('defaults', () => {
  it('fill what is absent, in written order', () => {
    expect(filled({})).toEqual({ policy: 'Always', options: { mode: 'fast' } });
    expect(filled({ name: 'abc' })).toEqual({ name: 'abc', policy: 'Always', options: { mode: 'fast' }, size: 6 });
  });

  it('keep what is there, zero and empty text included', () => {
    expect(filled({ policy: '', size: 0 })).toEqual({ policy: '', size: 0 });
  });

  it('enter objects and lists that are there, and make no others', () => {
    expect(filled({ policy: 'x', probe: { http: {} }, probes: [{ period: 1 }, {}] })).toEqual({
      policy: 'x',
      probe: { http: { path: '/' }, period: 10 },
      probes: [{ period: 1 }, { period: 10 }],
    });
    expect(filled({ policy: 'x', probes: null })).toEqual({ policy: 'x', probes: null });
  });

  it('give every object a copy of its own', () => {
    const first = filled({});
    first.options!['mode'] = 'slow';
    expect(filled({}).options).toEqual({ mode: 'fast' });
  });
});
