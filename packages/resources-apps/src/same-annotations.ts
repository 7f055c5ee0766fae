import type { ObjectMeta } from '@orlop/apimachinery';

type Annotated = Pick<ObjectMeta, 'annotations'>;

/** Whether both objects have the same annotations; none and an empty map are alike. */
export function sameAnnotations({ annotations: a = {} }: Annotated, { annotations: b = {} }: Annotated): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
