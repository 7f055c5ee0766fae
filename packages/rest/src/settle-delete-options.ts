import { type FieldErrorList, fieldError, fieldPath, invalid } from '@orlop/apimachinery';
import { dryRunErrors } from './dry-run-errors.ts';
import type { DeleteOptions } from './options.ts';

/** DeleteOptions as they travel. */
export interface WireDeleteOptions {
  readonly dryRun?: readonly string[] | null;
  readonly gracePeriodSeconds?: number | null;
  readonly propagationPolicy?: string | null;
  readonly orphanDependents?: boolean | null;
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string } | null;
  readonly ignoreStoreReadErrorWithClusterBreakingPotential?: boolean | null;
}

const policies: readonly string[] = ['Foreground', 'Background', 'Orphan'];

/**
 * Options of a deletion, from what a client sent.
 * @throws Invalid (422) for unknown words and for options that exclude each other
 */
export function settleDeleteOptions(wire: WireDeleteOptions): DeleteOptions {
  const { gracePeriodSeconds, propagationPolicy, orphanDependents, preconditions } = wire;
  const faults: FieldErrorList = [];
  const path = fieldPath('propagationPolicy');
  const policy = propagationPolicy ?? undefined;
  if (policy !== undefined) {
    if (orphanDependents !== undefined && orphanDependents !== null) {
      const text = 'orphanDependents and deletionPropagation cannot be both set';
      faults.push(fieldError.invalid(path, policy, text));
    }
    if (!policies.includes(policy)) faults.push(fieldError.notSupported(path, policy, [...policies, 'nil']));
  }
  const dryRun = wire.dryRun ?? [];
  faults.push(...dryRunErrors(dryRun));
  if (faults.length > 0) throw invalid({ group: 'meta.k8s.io', kind: 'DeleteOptions' }, '', faults);
  return {
    dryRun: dryRun.length > 0,
    gracePeriodSeconds: gracePeriodSeconds ?? undefined,
    propagationPolicy: policy as DeleteOptions['propagationPolicy'],
    orphanDependents: orphanDependents ?? undefined,
    preconditions: preconditions ?? undefined,
    ignoreStoreReadErrorWithClusterBreakingPotential: wire.ignoreStoreReadErrorWithClusterBreakingPotential ?? false,
  };
}
