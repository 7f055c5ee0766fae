import { type FieldErrorList, fieldError } from '@orlop/apimachinery';
import { type FieldHandle, namesOf, valueAt } from './field-handle.ts';
import { contextFor } from './rule-context.ts';
import { below, type FieldStatement, run, type Statement } from './statement.ts';

/** One member of a union: its field and its rules, made with `field`. */
export type UnionMember = FieldStatement;

/**
 * At most one of the members may be set. The first that is set is checked by its rules, every further one is Forbidden
 * with `excess`. When none is set and `none` is given, the object itself (or its field `noneAt`) is Required.
 */
export function union<T>(
  members: readonly UnionMember[],
  texts: { readonly excess: string; readonly none?: string; readonly noneAt?: FieldHandle<unknown> },
): Statement<T> {
  return {
    kind: 'check',
    rule: 'union',
    check(value, path, context) {
      const errors: FieldErrorList = [];
      let count = 0;
      for (const member of members) {
        const set = valueAt(value, member.path);
        if (set === undefined || set === null) continue;
        count++;
        if (count > 1)
          errors.push(fieldError.forbidden(below(path, member.path[0]!, ...member.path.slice(1)), texts.excess));
        else run([member] as readonly Statement<unknown>[], value, path, contextFor(context), errors);
      }
      if (count === 0 && texts.none !== undefined) {
        const names = texts.noneAt === undefined ? [] : namesOf(texts.noneAt);
        const at = names.length === 0 && path !== undefined ? path : below(path, names[0] ?? '', ...names.slice(1));
        errors.push(fieldError.required(at, texts.none));
      }
      return errors;
    },
  };
}
