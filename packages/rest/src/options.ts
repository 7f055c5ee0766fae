import type { FieldSelector, LabelSelector, Pace } from '@orlop/apimachinery';

/** Decoded and checked options of the verbs (meta/v1), as the HTTP layer hands them on. */

export interface GetOptions {
  readonly resourceVersion: string;
}

export interface ListOptions {
  readonly labelSelector: LabelSelector;
  readonly fieldSelector: FieldSelector;
  readonly resourceVersion: string;
  readonly resourceVersionMatch: string;
  /** 0: no limit */
  readonly limit: number;
  readonly continue: string;
}

export interface WatchOptions {
  readonly labelSelector: LabelSelector;
  readonly fieldSelector: FieldSelector;
  readonly resourceVersion: string;
  readonly resourceVersionMatch: string;
  readonly allowWatchBookmarks: boolean;
  readonly sendInitialEvents: boolean | undefined;
  /** Seconds after which the caller will end the watch; a bookmark comes shortly before. @default unknown */
  readonly lifetimeSeconds?: number;
  /** For callers that work on events later. @default each event is done with when `next` returns */
  readonly pace?: Pace;
}

export interface CreateOptions {
  readonly dryRun: boolean;
  readonly fieldManager: string;
  readonly fieldValidation: FieldValidation;
}

export interface UpdateOptions extends CreateOptions {}

export interface PatchOptions extends CreateOptions {
  readonly force: boolean | undefined;
}

export type FieldValidation = 'Ignore' | 'Warn' | 'Strict';

export interface DeleteOptions {
  readonly dryRun: boolean;
  readonly gracePeriodSeconds: number | undefined;
  readonly propagationPolicy: 'Orphan' | 'Background' | 'Foreground' | undefined;
  /** Deprecated twin of propagationPolicy. */
  readonly orphanDependents: boolean | undefined;
  readonly preconditions: { readonly uid?: string; readonly resourceVersion?: string } | undefined;
  readonly ignoreStoreReadErrorWithClusterBreakingPotential: boolean;
}
