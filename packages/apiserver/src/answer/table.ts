import { goJson, type KubernetesObject } from '@orlop/apimachinery';
import { type Column, defaultColumns } from '@orlop/rest';
import type { Target } from '../resources.ts';

export const hasOwnColumns = (target: Target): boolean => target.columns.length > 0;

const columnsOf = (target: Target): readonly Column<KubernetesObject>[] =>
  hasOwnColumns(target) ? target.columns : defaultColumns;

/** Subresources like /status do, /scale does not. */
const showsMainKind = ({ body, subresource }: Target): boolean => body.subresourceBodies?.[subresource] === undefined;

/** Column definitions as JSON, made once for each path. */
export function columnDefinitionsText(target: Target): string {
  let text = definitions.get(target);
  if (text === undefined) {
    text = goJson(
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
  const conditions = showsMainKind(target) ? (target.body.rowConditions?.(row) ?? []) : [];
  const state = conditions.length === 0 ? '' : `"conditions":${goJson(conditions)},`;
  return `{"cells":${goJson(cells)},${state}"object":${object}}`;
}
