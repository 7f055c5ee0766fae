import type { ControllerRevision } from '@orlop/kubernetes-schema/apps/v1';
import { defaults } from '@orlop/rest';

/** Nothing is filled in: a revision is what a controller wrote. */
export const controllerRevisionDefaults = defaults<ControllerRevision>(() => []);
