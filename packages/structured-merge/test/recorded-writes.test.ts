import { appsV1 } from '@orlop/kubernetes-schema/apps/v1';
import { autoscalingV1 } from '@orlop/kubernetes-schema/autoscaling/v1';
import { autoscalingV2 } from '@orlop/kubernetes-schema/autoscaling/v2';
import { coreV1 } from '@orlop/kubernetes-schema/core/v1';
import type { TypeNode } from '@orlop/schema';
import { normalize } from '@orlop/schema';
import { describe, expect, it } from 'vitest';
import { createUpdater, decodeFieldsV1, encodeFieldsV1, fieldSet, pathOf, typedValue } from '../src/index.ts';
import cases from './recorded-writes.json' with { type: 'json' };

/** Writes to a kube-apiserver 1.36.3, and what it recorded as owned by the writer in `metadata.managedFields`. */
interface Recorded {
  /** The recording: area and scenario. */
  readonly from: string;
  readonly apiVersion: string;
  readonly kind: string;
  /** The body of an apply … */
  readonly applied?: object;
  /** … or the object that a create made. */
  readonly created?: object;
  readonly owns: object;
}

const packages: Readonly<Record<string, (kind: never) => TypeNode>> = {
  v1: coreV1,
  'apps/v1': appsV1,
  'autoscaling/v1': autoscalingV1,
  'autoscaling/v2': autoscalingV2,
};

/** What a server never records; `status` belongs to another endpoint. */
const system = fieldSet(
  ...['apiVersion', 'kind', 'metadata'].map((name) => pathOf(name)),
  ...[
    'name',
    'namespace',
    'creationTimestamp',
    'selfLink',
    'uid',
    'generation',
    'managedFields',
    'resourceVersion',
  ].map((name) => pathOf('metadata', name)),
);
const status = fieldSet(pathOf('status'));

describe('what a real server recorded', () => {
  for (const [i, { from, apiVersion, kind, applied, created, owns }] of (cases as readonly Recorded[]).entries()) {
    it(`${from} (${i}): ${kind}`, () => {
      const type = (packages[apiVersion] as (kind: string) => TypeNode)(kind);
      const empty = typedValue(type, normalize(type, {}));
      const request = { live: empty, version: apiVersion, managers: new Map(), manager: 'm' };
      const managers =
        created === undefined
          ? createUpdater().apply({ ...request, config: typedValue(type, applied), force: false })
          : {
              managers: createUpdater().update({
                ...request,
                next: typedValue(type, created, { allowDuplicates: true }),
              }),
            };
      const set = 'managers' in managers ? managers.managers.get('m')?.set : undefined;
      const recorded = set?.recursiveDifference(status).difference(system);
      expect(recorded && encodeFieldsV1(recorded)).toBe(encodeFieldsV1(decodeFieldsV1(owns)));
      // What was recorded stands in the order in which it is written.
      expect(encodeFieldsV1(decodeFieldsV1(owns))).toBe(JSON.stringify(owns));
    });
  }
});
