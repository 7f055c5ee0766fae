import type { ManagedFieldsEntry } from '@orlop/apimachinery';
import { describe, expect, it } from 'vitest';
import { scaleOwnership } from '../../src/field-manager/scale-ownership.ts';
import { ownerText } from '../support/motors.ts';

const entry = (
  manager: string,
  operation: 'Apply' | 'Update',
  fieldsV1: object,
  more: object = {},
): ManagedFieldsEntry => ({
  manager,
  operation,
  apiVersion: 'apps/v1',
  time: '1970-01-01T00:00:09Z',
  fieldsType: 'FieldsV1',
  fieldsV1: fieldsV1 as Record<string, unknown>,
  ...more,
});
const of = (entries: readonly ManagedFieldsEntry[] | undefined, replicasPath = '.spec.replicas') => ({
  entries,
  apiVersion: 'apps/v1',
  replicasPath,
});
const replicas = { 'f:spec': { 'f:replicas': {} } };
const both = { 'f:spec': { 'f:paused': {}, 'f:replicas': {} } };
const paused = '{"f:spec":{"f:paused":{}}}';
const size = JSON.stringify(replicas);

describe('the owners of a size', () => {
  it('are those of the scale, whatever else they own', () => {
    const scaled = scaleOwnership.ofScale(
      of([entry('a', 'Apply', both), entry('b', 'Update', { 'f:spec': { 'f:paused': {} } })]),
    );
    expect(scaled.map(ownerText)).toEqual([`a Apply 9: ${size}`]);
    expect(scaled[0]!.apiVersion).toBe('autoscaling/v1');
    expect(scaleOwnership.ofScale(of(undefined))).toEqual([]);
  });

  it('are found where the object has its size', () => {
    const wide = entry('a', 'Apply', { 'f:spec': { 'f:width': {} } });
    expect(scaleOwnership.ofScale(of([wide], '.spec.width')).map(ownerText)).toEqual([`a Apply 9: ${size}`]);
    const back = scaleOwnership.ofObject(of([], '.spec.width'), [
      entry('b', 'Apply', replicas, { apiVersion: 'autoscaling/v1', subresource: 'scale' }),
    ]);
    expect(back.map(ownerText)).toEqual(['b/scale Apply -: {"f:spec":{"f:width":{}}}']);
    expect(back[0]!.apiVersion).toBe('apps/v1');
  });

  it('lose it to who writes the scale', () => {
    const before = [entry('a', 'Apply', both), entry('b', 'Update', replicas)];
    const scaled = [entry('hpa', 'Update', replicas, { apiVersion: 'autoscaling/v1', subresource: 'scale' })];
    expect(scaleOwnership.ofObject(of(before), scaled).map(ownerText)).toEqual([
      `a Apply 9: ${paused}`,
      `hpa/scale Update -: ${size}`,
    ]);
  });

  it('keep it, appliers as they are and updaters in an entry of its own', () => {
    const before = [entry('a', 'Apply', both), entry('b', 'Update', both)];
    const scaled = scaleOwnership.ofScale(of(before));
    expect(scaleOwnership.ofObject(of(before), scaled).map(ownerText)).toEqual([
      `a Apply 9: {"f:spec":{"f:paused":{},"f:replicas":{}}}`,
      `b Update -: ${size}`,
      `b Update 9: ${paused}`,
    ]);
  });

  it('go when nobody has it any more', () => {
    expect(scaleOwnership.ofObject(of([entry('a', 'Apply', replicas)]), undefined)).toEqual([]);
  });

  it('of versions that are gone are forgotten', () => {
    expect(scaleOwnership.ofObject(of([entry('a', 'Apply', both, { apiVersion: 'apps/v0' })]), [])).toEqual([]);
  });
});
