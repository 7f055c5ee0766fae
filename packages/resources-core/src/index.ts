// Every resource of core/v1, as one list
export { core } from './definitions.ts';

// The resources by name; a definition is also the typed handle of its kind
export { bindings, configMaps, events, namespaces, pods, secrets, serviceAccounts, services } from './definitions.ts';

// Namespaces that every server has
export { systemNamespaces } from './namespace/system-namespaces.ts';

// Admission: what every write is looked at by before it is stored; as a whole, and each plugin by itself
export { coreAdmission, type CoreAdmissionOptions } from './admission/core-admission.ts';
export {
  namespaceLifecycle,
  type NamespaceLifecycleOptions,
  type NamespaceState,
} from './namespace/lifecycle-admission.ts';
export { defaultTolerationSeconds, type DefaultTolerationSecondsOptions } from './pod/toleration-admission.ts';
export { podPriority, type PodPriorityOptions, type PriorityClassState } from './pod/priority-admission.ts';
export { podRuntimeClass, type RuntimeClassOptions, type RuntimeClassState } from './pod/runtime-class-admission.ts';
