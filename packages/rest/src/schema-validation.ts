import { type FieldErrorList, type FieldPath, fieldError, fieldPath } from '@orlop/apimachinery';
import type { Schema } from '@orlop/schema';
import { deepEqual } from './deep-equal.ts';
import { formatFaults } from './schema-formats.ts';

/**
 * Checks a value. `old` is what stood at the same place before an update, undefined where nothing did; what has not
 * changed is not complained about, so a schema can be tightened without locking existing objects.
 */
export type SchemaCheck = (value: unknown, path: FieldPath | undefined, old: unknown, errors: FieldErrorList) => void;

type Members = Readonly<Record<string, unknown>>;

/** The demands of a schema (required, enum, limits, patterns …) in the words API clients know, compiled once. */
export function schemaValidation(schema: Schema): SchemaCheck {
  const checks = [typeCheck(schema), ...valueChecks(schema)];
  return (value, path, old, errors) => {
    if (value === null && schema.nullable === true) return;
    if (old !== undefined && deepEqual(value, old)) return;
    const before = errors.length;
    for (const check of checks) {
      check(value, path, old, errors);
      // A value of another type has been complained about; the limits of the right type do not apply to it.
      if (errors.length > before && check === checks[0]) return;
    }
  };
}

function typeCheck({ type, format, ...schema }: Schema): SchemaCheck {
  if (type === undefined || schema['x-kubernetes-int-or-string'] === true || format === 'int-or-string')
    return () => {};
  return (value, path, _old, errors) => {
    const found = typeName(value);
    if (found === type || (type === 'number' && found === 'integer')) return;
    errors.push(fieldError.typeInvalid(at(path), found, `${place(path)} in body must be of type ${type}: "${found}"`));
  };
}

function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

function* valueChecks(schema: Schema): Generator<SchemaCheck> {
  if (schema.type === 'string') yield* textChecks(schema);
  if (schema.type === 'integer' || schema.type === 'number') yield* numberChecks(schema);
  if (schema.items !== undefined) yield* listChecks(schema, schemaValidation(schema.items));
  if (schema.properties !== undefined) yield structCheck(schema.properties, schema.required ?? []);
  if (typeof schema.additionalProperties === 'object') yield mapCheck(schemaValidation(schema.additionalProperties));
  const allowed = schema.enum;
  if (allowed !== undefined) {
    yield (value, path, _old, errors) => {
      if (allowed.some((one) => deepEqual(one, value))) return;
      errors.push(fieldError.notSupported(at(path), value, allowed.map(String)));
    };
  }
}

function* textChecks({ minLength, maxLength, pattern, format }: Schema): Generator<SchemaCheck> {
  // Lengths count characters, although the text speaks of bytes.
  if (maxLength !== undefined) {
    yield (value, path, _old, errors) => {
      if ([...(value as string)].length > maxLength) errors.push(fieldError.tooLong(at(path), value, maxLength));
    };
  }
  if (minLength !== undefined) {
    yield (value, path, _old, errors) => {
      if ([...(value as string)].length >= minLength) return;
      errors.push(
        fieldError.invalid(at(path), value, `${place(path)} in body should be at least ${minLength} chars long`),
      );
    };
  }
  if (pattern !== undefined) {
    const expression = new RegExp(pattern, 'u');
    yield (value, path, _old, errors) => {
      if (expression.test(value as string)) return;
      errors.push(fieldError.invalid(at(path), value, `${place(path)} in body should match '${pattern}'`));
    };
  }
  const faulty = format === undefined ? undefined : formatFaults[format];
  if (faulty !== undefined) {
    yield (value, path, _old, errors) => {
      if (!faulty(value as string)) return;
      const text = `${place(path)} in body must be of type ${format}: ${JSON.stringify(value)}`;
      errors.push(fieldError.typeInvalid(at(path), value, text));
    };
  }
}

function* numberChecks(schema: Schema): Generator<SchemaCheck> {
  const { minimum, maximum, exclusiveMinimum = false, exclusiveMaximum = false } = schema;
  if (maximum !== undefined) {
    const words = exclusiveMaximum ? 'less than' : 'less than or equal to';
    yield (value, path, _old, errors) => {
      const number = value as number;
      if (exclusiveMaximum ? number < maximum : number <= maximum) return;
      errors.push(fieldError.invalid(at(path), value, `${place(path)} in body should be ${words} ${maximum}`));
    };
  }
  if (minimum !== undefined) {
    const words = exclusiveMinimum ? 'greater than' : 'greater than or equal to';
    yield (value, path, _old, errors) => {
      const number = value as number;
      if (exclusiveMinimum ? number > minimum : number >= minimum) return;
      errors.push(fieldError.invalid(at(path), value, `${place(path)} in body should be ${words} ${minimum}`));
    };
  }
}

function* listChecks(schema: Schema, item: SchemaCheck): Generator<SchemaCheck> {
  const { minItems, maxItems } = schema;
  const keys = schema['x-kubernetes-list-type'] === 'map' ? (schema['x-kubernetes-list-map-keys'] ?? []) : [];
  yield (value, path, old, errors) => {
    for (const [index, one] of (value as readonly unknown[]).entries()) {
      item(one, at(path).index(index), sameItem(one, old, keys), errors);
    }
  };
  if (maxItems !== undefined) {
    yield (value, path, _old, errors) => {
      const { length } = value as readonly unknown[];
      if (length > maxItems) errors.push(fieldError.tooMany(at(path), length, maxItems));
    };
  }
  if (minItems !== undefined) {
    yield (value, path, _old, errors) => {
      const { length } = value as readonly unknown[];
      if (length >= minItems) return;
      errors.push(
        fieldError.invalid(at(path), length, `${place(path)} in body should have at least ${minItems} items`),
      );
    };
  }
  if (schema['x-kubernetes-list-type'] === 'set' || keys.length > 0) {
    yield (value, path, _old, errors) => {
      const seen: unknown[] = [];
      for (const [index, one] of (value as readonly unknown[]).entries()) {
        const identity = keys.length === 0 ? one : keysOf(one, keys);
        if (seen.some((other) => deepEqual(other, identity))) {
          errors.push(fieldError.duplicate(at(path).index(index), identity));
        }
        seen.push(identity);
      }
    };
  }
}

const keysOf = (item: unknown, keys: readonly string[]) =>
  Object.fromEntries(keys.map((key) => [key, (item as Members | null)?.[key]]));

/** The old item with the same keys; items of other lists have no identity. */
function sameItem(item: unknown, old: unknown, keys: readonly string[]): unknown {
  if (keys.length === 0 || !Array.isArray(old)) return undefined;
  const identity = keysOf(item, keys);
  return old.find((other) => deepEqual(keysOf(other, keys), identity));
}

function structCheck(properties: Readonly<Record<string, Schema>>, required: readonly string[]): SchemaCheck {
  const fields = Object.entries(properties).map(([name, schema]) => ({
    name,
    required: required.includes(name),
    check: schemaValidation(schema),
  }));
  return (value, path, old, errors) => {
    const members = value as Members;
    for (const { name, required, check } of fields) {
      const present = members[name];
      if (present !== undefined) check(present, child(path, name), (old as Members | null | undefined)?.[name], errors);
      else if (required) errors.push(fieldError.required(child(path, name), ''));
    }
  };
}

function mapCheck(check: SchemaCheck): SchemaCheck {
  return (value, path, old, errors) => {
    const members = value as Members;
    for (const name in members) {
      check(members[name], child(path, name), (old as Members | null | undefined)?.[name], errors);
    }
  };
}

const child = (path: FieldPath | undefined, name: string): FieldPath => path?.child(name) ?? fieldPath(name);
/** Only the root has no path, and the root is always an object: nothing but its members is complained about. */
const at = (path: FieldPath | undefined): FieldPath => path ?? fieldPath('<nil>');
const place = (path: FieldPath | undefined): string => path?.toString() ?? '';
