import type { DaemonSet } from '@orlop/kubernetes-schema/apps/v1';
import { decimalAnnotation } from '../decimal-annotation.ts';

/** Counts the changes of the template. Once a field, kept as an annotation since. */
export const templateGenerationAnnotation = 'deprecated.daemonset.template.generation';

/** Spells the count the usual way; a set without one has 0. Throws BadRequest when it is no number. */
export function normalizeTemplateGeneration(daemonSet: DaemonSet): void {
  const text = daemonSet.metadata.annotations?.[templateGenerationAnnotation];
  const generation = text === undefined ? '0' : decimalAnnotation(daemonSet, text);
  setText(daemonSet, generation);
}

export function templateGeneration({ metadata }: DaemonSet): number {
  return Number(metadata.annotations?.[templateGenerationAnnotation] ?? 0);
}

export function setTemplateGeneration(daemonSet: DaemonSet, generation: number): void {
  setText(daemonSet, String(generation));
}

function setText({ metadata }: DaemonSet, text: string): void {
  metadata.annotations = { ...metadata.annotations, [templateGenerationAnnotation]: text };
}
