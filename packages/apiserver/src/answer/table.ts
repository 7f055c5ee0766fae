import type { KubernetesObject } from '@orlop/apimachinery';
import type { Column } from '@orlop/rest';
import type { Target } from '../resources.ts';

/** The columns of kinds that have none of their own. */
const commonColumns: readonly Column<KubernetesObject>[] = [
  {
    name: 'Name',
    type: 'string',
    format: 'name',
    description: 'The name of the object, unique among the objects of its kind and namespace.',
    priority: 0,
    cell: (object) => object.metadata.name ?? '',
  },
  {
    name: 'Created At',
    type: 'date',
    format: '',
    description: 'When the server created the object.',
    priority: 0,
    cell: (object) => object.metadata.creationTimestamp ?? '',
  },
];

export const hasOwnColumns = (target: Target): boolean => target.columns.length > 0;

const columnsOf = (target: Target): readonly Column<KubernetesObject>[] =>
  hasOwnColumns(target) ? target.columns : commonColumns;

/** Column definitions as JSON, made once for each path. */
export function columnDefinitionsText(target: Target): string {
  let text = definitions.get(target);
  if (text === undefined) {
    text = JSON.stringify(
      columnsOf(target).map(({ name, type, format, description, priority }) => ({
        name,
        type,
        format,
        description,
        priority,
      })),
    );
    definitions.set(target, text);
  }
  return text;
}

const definitions = new WeakMap<Target, string>();

/** One row as JSON. `object` is the JSON that stands beside the cells. */
export function rowText(target: Target, row: KubernetesObject, now: number, object: string): string {
  const cells = columnsOf(target).map((column) => column.cell(row, now));
  return `{"cells":${JSON.stringify(cells)},"object":${object}}`;
}
