// Every resource of apps/v1, as one list
export { apps } from './definitions.ts';

// The resources by name; a definition is also the typed handle of its kind
export { controllerRevisions, daemonSets, deployments, replicaSets, statefulSets } from './definitions.ts';
