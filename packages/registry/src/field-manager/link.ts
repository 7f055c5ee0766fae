import type { KubernetesObject } from '@orlop/apimachinery';
import type { Managed } from './managed.ts';

/** An applied configuration, as it was sent. */
export type Configuration = Readonly<Record<string, unknown>>;

/** A create, PUT or plain patch. */
export interface UpdateWrite {
  /** Has no uid when nothing is stored. */
  readonly live: KubernetesObject;
  /** With the managedFields of `live`: they do not differ. */
  readonly next: KubernetesObject;
  readonly managed: Managed;
  /** Who writes. Above the link that identifies it the name, below its identity text. */
  readonly manager: string;
}

export interface ApplyWrite {
  /** Without managedFields. Has no uid when nothing is stored. */
  readonly live: KubernetesObject;
  readonly applied: Configuration;
  readonly managed: Managed;
  readonly manager: string;
  readonly force: boolean;
}

export interface Applied {
  /** Undefined: the live one, which is not changed. */
  readonly object: KubernetesObject | undefined;
  readonly managed: Managed;
}

/**
 * One link of the chain that tells who owns what. Each does one thing and leaves the rest to the next; the innermost
 * compares and merges. Links change nothing that they are given.
 */
export interface Link {
  update(write: UpdateWrite): Managed;
  /** @throws ApplyConflicts */
  apply(write: ApplyWrite): Applied;
}
