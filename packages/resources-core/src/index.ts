// Every resource of core/v1, as one list
export { core } from './definitions.ts';

// The resources by name; a definition is also the typed handle of its kind
export { configMaps, events, namespaces, pods, secrets, serviceAccounts, services } from './definitions.ts';

// Namespaces that every server has, and the rule that objects live in existing ones
export { systemNamespaces } from './namespace/system-namespaces.ts';
export { type NamespaceLifecycleOptions, namespaceLifecycle } from './namespace/lifecycle-admission.ts';
