import {
  badRequest,
  type FieldErrorList,
  fieldError,
  fieldPath,
  invalid,
  type KubernetesObject,
  type Status,
  successStatus,
  validateAnnotations,
} from '@orlop/apimachinery';
import type { Deployment } from '@orlop/kubernetes-schema/apps/v1';
import type { NamedCreater, ResourceStore } from '@orlop/rest';
import { rollbackAnnotation } from './rollback-annotation.ts';

/** A wish to go back: to a revision, 0 being the one before the present. */
export interface DeploymentRollback extends Omit<KubernetesObject, 'metadata'> {
  metadata: KubernetesObject['metadata'];
  /** Name of the Deployment. */
  name: string;
  /** Set on the Deployment along the way. */
  updatedAnnotations?: Record<string, string>;
  rollbackTo: { revision?: number };
}

export type RollbackStorage = NamedCreater<DeploymentRollback>;

const kind = { group: 'apps', version: 'v1beta1', kind: 'DeploymentRollback' } as const;

/** Records the wish on the Deployment, past its strategy: no generation, no validation of the result. */
export function rollbackStorage(store: ResourceStore<Deployment>): RollbackStorage {
  return {
    kind,
    async createNamed(context, name, rollback, validate, { dryRun }): Promise<Status> {
      const errors = validateRollback(rollback);
      if (errors.length > 0) throw invalid(kind, rollback.name, errors);
      if (name !== rollback.name) {
        throw badRequest('name in URL does not match name in DeploymentRollback object');
      }
      await validate(rollback, undefined);
      await store.mutate(
        context,
        name,
        ({ metadata }) => {
          metadata.annotations = {
            ...metadata.annotations,
            ...rollback.updatedAnnotations,
            [rollbackAnnotation]: String(rollback.rollbackTo?.revision ?? 0),
          };
        },
        { dryRun },
      );
      return {
        ...successStatus(),
        message: `rollback request for deployment ${JSON.stringify(name)} succeeded`,
        code: 200,
      };
    },
  };
}

function validateRollback({ name, updatedAnnotations, rollbackTo }: DeploymentRollback): FieldErrorList {
  const errors = validateAnnotations(updatedAnnotations ?? {}, fieldPath('updatedAnnotations'));
  if ((name ?? '') === '') errors.push(fieldError.required(fieldPath('name'), ''));
  const revision = rollbackTo?.revision ?? 0;
  if (revision < 0) {
    errors.push(fieldError.invalid(fieldPath('rollback', 'version'), revision, 'must be greater than or equal to 0'));
  }
  return errors;
}
