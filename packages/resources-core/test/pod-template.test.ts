import { fieldErrorText, fieldPath } from '@orlop/apimachinery';
import { coreV1, type PodSpec } from '@orlop/kubernetes-schema/core/v1';
import { describeRules } from '@orlop/rest';
import { decodeValue } from '@orlop/schema';
import { describe, expect, it } from 'vitest';
import { defaultPullPolicy } from '../src/pod-template/image-pull-policy.ts';
import {
  dropGatedFields,
  internalValue,
  isWholeNumber,
  normalizePodSpec,
  podGates,
  podSpecDefaults,
  podSpecRules,
  podWarnings,
  roundUpToMilli,
} from '../src/pod-template/index.ts';
import { addQuantities, isMultipleOf } from '../src/pod-template/quantity-arithmetic.ts';

function read(given: object): PodSpec {
  const spec = decodeValue(coreV1('PodSpec'), { containers: [{ name: 'c', image: 'i' }], ...given }).value as PodSpec;
  podSpecDefaults.apply(spec);
  normalizePodSpec(spec);
  return spec;
}

function faults(spec: PodSpec, place: Parameters<typeof podSpecRules>[0], old?: PodSpec): readonly string[] {
  const request = { operation: old === undefined ? 'create' : 'update', old, gates: podGates } as const;
  return podSpecRules(place).validate(spec, fieldPath('spec'), request).map(fieldErrorText);
}

describe('pods and templates differ', () => {
  const image = read({ volumes: [{ name: 'v', image: {} }] });

  it('in image volumes', () => {
    expect(faults(image, { isPod: true })).toEqual(['spec.volumes[0].image.reference: Required value']);
    expect(faults(image, {})).toEqual([]);
  });

  it('in ports on the network of the node', () => {
    const spec = read({ hostNetwork: true, containers: [{ name: 'c', image: 'i', ports: [{ containerPort: 80 }] }] });
    expect(faults(spec, { isPod: true })).toEqual([
      'spec.containers[0].ports[0].hostPort: Invalid value: 0: must match `containerPort` when `hostNetwork` is true',
    ]);
    expect(faults(spec, {})).toEqual([]);
  });

  it('in claims of ephemeral volumes, which carry the name of the pod', () => {
    const claim = { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } };
    const spec = read({
      volumes: [
        { name: 'v', ephemeral: { volumeClaimTemplate: claim } },
        { name: 'w', persistentVolumeClaim: { claimName: 'p-v' } },
      ],
    });
    expect(faults(spec, { isPod: true, podName: () => 'p' })).toEqual([
      'spec.volumes[1].persistentVolumeClaim.claimName: Invalid value: "p-v": must not reference a PVC that gets created for an ephemeral volume',
    ]);
    expect(faults(spec, {})).toEqual([]);
  });

  it('in the paths of warnings', () => {
    expect(
      podWarnings({}, read({ nodeSelector: { 'beta.kubernetes.io/os': 'x', constructor: 'x' } }), undefined),
    ).toEqual(['spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use "kubernetes.io/os" instead']);
  });
});

describe('updates', () => {
  it('tolerate a sysctl of a shared namespace that was there', () => {
    const spec = read({
      hostNetwork: true,
      securityContext: { sysctls: [{ name: 'net.core.somaxconn', value: '1' }] },
    });
    expect(faults(spec, {})).toEqual([
      `spec.securityContext.sysctls[0].name: Invalid value: "net.core.somaxconn": may not be specified when 'hostNetwork' is true`,
    ]);
    expect(faults(spec, {}, spec)).toEqual([]);
  });

  it('keep a field of a closed gate that was there', () => {
    const spec = read({ schedulingGroup: { podGroupName: 'g' } });
    const old = structuredClone(spec);
    dropGatedFields(spec, old);
    expect(spec.schedulingGroup).toEqual({ podGroupName: 'g' });
    dropGatedFields(spec, read({}));
    expect(spec.schedulingGroup).toBeUndefined();
  });
});

describe('serviceAccount', () => {
  it.each([
    [{ serviceAccount: 'old' }, 'old'],
    [{ serviceAccount: 'old', serviceAccountName: 'new' }, 'new'],
    [{}, undefined],
  ])('%j', (given, name) => {
    const spec = read(given);
    expect([spec.serviceAccount, spec.serviceAccountName]).toEqual([name, name]);
  });
});

describe('pull policy', () => {
  it.each([
    ['nginx', 'Always'],
    ['nginx:latest', 'Always'],
    ['localhost:5000/a/b', 'Always'],
    ['localhost:5000/a/b:1', 'IfNotPresent'],
    [`nginx@sha256:${'a'.repeat(64)}`, 'IfNotPresent'],
    [`nginx:latest@sha256:${'a'.repeat(64)}`, 'Always'],
    ['not A name', 'IfNotPresent'],
    ['f'.repeat(64), 'IfNotPresent'],
  ])('%s: %s', (image, policy) => {
    expect(defaultPullPolicy(image)).toBe(policy);
  });
});

describe('quantities', () => {
  it.each([
    ['0.0001', '1m'],
    ['-0.0001', '-1m'],
    ['100u', '1m'],
    ['1Gi', '1Gi'],
    ['1.5', '1.5'],
  ])('%s is kept as %s', (given, kept) => {
    expect(roundUpToMilli(given)).toBe(kept);
  });

  it('add in the format of the first', () => {
    expect([addQuantities('500m', '1'), addQuantities('1Gi', '512Mi'), addQuantities('1', '1Gi')]).toEqual([
      '1500m',
      '1536Mi',
      '1073741825',
    ]);
  });

  it('are whole, or multiples', () => {
    expect([isWholeNumber('1500m'), isWholeNumber('2'), isWholeNumber('1Gi')]).toEqual([false, true, true]);
    expect([isMultipleOf('4Mi', '2Mi'), isMultipleOf('3Mi', '2Mi'), isMultipleOf('1', '0')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

it('shows internal values as Go does: every field, capitalised, escaped', () => {
  const value = internalValue(coreV1('SeccompProfile'), { type: '<x>' });
  expect(fieldErrorText({ type: 'FieldValueInvalid', field: 'a', badValue: value, detail: 'b' })).toBe(
    'a: Invalid value: {"Type":"\\u003cx\\u003e","LocalhostProfile":null}: b',
  );
});

it('is data that can be read', () => {
  const described = describeRules(podSpecRules());
  expect(described).toContainEqual({
    path: 'containers[*].terminationMessagePolicy',
    rule: 'supported',
    args: ['File', 'FallbackToLogsOnError'],
    conditional: false,
  });
  expect(described.length).toBeGreaterThan(150);
});
