import type { AdmissionPlugin } from '@orlop/rest';
import { type NamespaceLifecycleOptions, namespaceLifecycle } from '../namespace/lifecycle-admission.ts';
import { type PodPriorityOptions, podPriority } from '../pod/priority-admission.ts';
import { podRuntimeClass, type RuntimeClassOptions } from '../pod/runtime-class-admission.ts';
import { type DefaultTolerationSecondsOptions, defaultTolerationSeconds } from '../pod/toleration-admission.ts';

export interface CoreAdmissionOptions {
  /** How namespaces are read. Without it objects may live in namespaces that do not exist. */
  readonly namespaces?: NamespaceLifecycleOptions | undefined;
  /** How PriorityClasses are read. @default only the system's two exist */
  readonly priorityClasses?: PodPriorityOptions;
  /** How RuntimeClasses are read. @default none exist */
  readonly runtimeClasses?: RuntimeClassOptions;
  readonly tolerations?: DefaultTolerationSecondsOptions;
}

/** The admission plugins that a Kubernetes API server runs unless told otherwise, in its order. */
export function coreAdmission(options: CoreAdmissionOptions = {}): readonly AdmissionPlugin[] {
  const { namespaces, priorityClasses, runtimeClasses, tolerations } = options;
  return [
    ...(namespaces === undefined ? [] : [namespaceLifecycle(namespaces)]),
    podPriority(priorityClasses),
    defaultTolerationSeconds(tolerations),
    podRuntimeClass(runtimeClasses),
  ];
}
