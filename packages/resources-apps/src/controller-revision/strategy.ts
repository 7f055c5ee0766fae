import type { ControllerRevision } from '@orlop/kubernetes-schema/apps/v1';
import type { Strategy } from '@orlop/rest';
import { validateControllerRevision, validateControllerRevisionUpdate } from './validation.ts';

export const controllerRevisionStrategy: Strategy<ControllerRevision> = {
  allowUnconditionalUpdate: true,
  validate: ({ request }, revision) => validateControllerRevision(revision, request.apiVersion),
  validateUpdate: ({ request }, revision, old) => validateControllerRevisionUpdate(revision, old, request.apiVersion),
};
