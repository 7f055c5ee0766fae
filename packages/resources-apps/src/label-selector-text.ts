import { labelSelectorFrom } from '@orlop/apimachinery';
import type { LabelSelector } from '@orlop/kubernetes-schema/meta/v1';

/** The selector as a scale shows it. */
export function labelSelectorText(selector: LabelSelector | null): string {
  return labelSelectorFrom(selector).toString();
}
