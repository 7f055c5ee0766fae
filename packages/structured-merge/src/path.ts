import { elementText, fieldElement, indexElement, type PathElement } from './path-element.ts';

/** The way from the root of a value to one of its fields or items. The empty path is the root, which nobody owns. */
export type Path = readonly PathElement[];

/** A path from its parts: a string is a field, a number an index. */
export function pathOf(...parts: readonly (string | number | PathElement)[]): Path {
  return parts.map((part) => {
    if (typeof part === 'string') return fieldElement(part);
    return typeof part === 'number' ? indexElement(part) : part;
  });
}

/**
 * The path as it stands in messages: `.spec.template.spec.containers[name="web"].image`, `.metadata.finalizers[="x"]`.
 *
 * @param floats numbers were read from FieldsV1, where all are floating
 */
export function pathText(path: Path, floats = false): string {
  let text = '';
  for (const element of path) text += elementText(element, floats);
  return text;
}
