import type { GroupVersionKind, KubernetesObject } from '@orlop/apimachinery';
import type { RequestContext } from './request-context.ts';

export type AdmissionOperation = 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT';

/** One write on its way in. */
export interface AdmissionAttributes {
  readonly context: RequestContext;
  readonly operation: AdmissionOperation;
  readonly kind: GroupVersionKind;
  /** Name in the path; may be empty on create. */
  readonly name: string;
  readonly namespace: string;
  /** Absent for DELETE. Mutating plugins may change it. */
  readonly object: KubernetesObject | undefined;
  readonly old: KubernetesObject | undefined;
  readonly dryRun: boolean;
}

/** Looks at writes before they are stored; throws an ApiError to refuse. */
export interface AdmissionPlugin {
  readonly name: string;
  readonly operations: readonly AdmissionOperation[];
  /** Runs first, in order; may change `object`. */
  admit?(attributes: AdmissionAttributes): void | Promise<void>;
  /** Runs inside the store, on exactly what will be stored. */
  validate?(attributes: AdmissionAttributes): void | Promise<void>;
}
