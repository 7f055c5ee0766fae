// Every resource of core/v1, as one list
export { core } from './definitions.ts';

// The resources by name; a definition is also the typed handle of its kind
export { configMaps, events, namespaces, pods, secrets, serviceAccounts, services } from './definitions.ts';

// Namespaces that every server has
export { systemNamespaces } from './namespace/system-namespaces.ts';

// Admission: what is looked at before any of these objects is stored, in the order in which a server asks
export {
  namespaceLifecycle,
  type NamespaceLifecycleOptions,
  type NamespaceState,
} from './namespace/lifecycle-admission.ts';
export { defaultTolerationSeconds, type DefaultTolerationSecondsOptions } from './pod/toleration-admission.ts';
export { podPriority, type PodPriorityOptions, type PriorityClassState } from './pod/priority-admission.ts';
