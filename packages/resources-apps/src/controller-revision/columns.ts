import { parseApiVersion } from '@orlop/apimachinery';
import type { ControllerRevision } from '@orlop/kubernetes-schema/apps/v1';
import { ageColumn, type Column, column, nameColumn } from '@orlop/rest';

/** `statefulset.apps/web` */
function controllerOf({ metadata }: ControllerRevision): string {
  const owner = metadata.ownerReferences?.find(({ controller }) => controller === true);
  if (owner === undefined) return '<none>';
  const group = parseApiVersion(owner.apiVersion)?.group ?? '';
  return `${owner.kind.toLowerCase()}${group === '' ? '' : `.${group}`}/${owner.name}`;
}

export const controllerRevisionColumns: readonly Column<ControllerRevision>[] = [
  nameColumn,
  column('Controller', 'string', controllerOf, { description: 'The workload whose state this is.' }),
  column('Revision', 'string', ({ revision }) => revision, { description: 'The place of this state in the history.' }),
  ageColumn,
];
