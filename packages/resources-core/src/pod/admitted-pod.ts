import type { Pod } from '@orlop/kubernetes-schema/core/v1';
import type { AdmissionAttributes } from '@orlop/rest';

/** The pod that is written, undefined when it is something else or only a part of one. */
export function podOf({ kind, object, context: { request } }: AdmissionAttributes): Pod | undefined {
  return kind.group === '' && kind.kind === 'Pod' && request.subresource === ''
    ? (object as Pod | undefined)
    : undefined;
}
