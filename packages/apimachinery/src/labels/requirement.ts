import { compareBytes } from '../text/compare-bytes.ts';
import { aggregateText } from '../validation/aggregate.ts';
import { type FieldErrorList, fieldError } from '../validation/field-error.ts';
import { type FieldPath, fieldPath } from '../validation/field-path.ts';
import { isQualifiedName, isValidLabelValue } from '../validation/qualified-names.ts';
import { SelectorError } from './selector-error.ts';

/** `=`, `==` and `in` with one value mean the same, yet each is printed as it was written. */
export type LabelOperator = '=' | '==' | '!=' | 'in' | 'notin' | 'exists' | '!' | 'gt' | 'lt';

export type Labels = Readonly<Record<string, string>>;

/** One condition on one label. */
export interface LabelRequirement {
  readonly key: string;
  readonly operator: LabelOperator;
  /** Sorted, each once; empty for `exists` and `!`. */
  readonly values: readonly string[];
}

/** A checked requirement. @throws SelectorError with the aggregated field errors */
export function labelRequirement(key: string, operator: LabelOperator, given: readonly string[]): LabelRequirement {
  const values = [...new Set(given)].sort(compareBytes);
  const errors = checkLabelKey(key, fieldPath('key'));
  const path = fieldPath('values');
  const complaint = valueCountComplaint(operator, values.length);
  if (complaint !== undefined) errors.push(fieldError.invalid(path, values, complaint));
  if (operator === 'gt' || operator === 'lt') {
    values.forEach((value, index) => {
      if (parseInt64(value) === undefined) {
        errors.push(
          fieldError.invalid(path.index(index), value, "for 'Gt', 'Lt' operators, the value must be an integer"),
        );
      }
    });
  }
  values.forEach((value, index) => {
    const complaints = isValidLabelValue(value);
    if (complaints.length > 0)
      errors.push(fieldError.invalid(path.index(index).key(key), value, complaints.join('; ')));
  });
  if (errors.length > 0) throw new SelectorError(aggregateText(errors));
  return { key, operator, values };
}

export function checkLabelKey(key: string, path: FieldPath | undefined): FieldErrorList {
  const complaints = isQualifiedName(key);
  return complaints.length === 0 ? [] : [fieldError.invalid(path, key, complaints.join('; '))];
}

function valueCountComplaint(operator: LabelOperator, count: number): string | undefined {
  switch (operator) {
    case 'in':
    case 'notin':
      return count === 0 ? "for 'in', 'notin' operators, values set can't be empty" : undefined;
    case '=':
    case '==':
    case '!=':
      return count === 1 ? undefined : 'exact-match compatibility requires one single value';
    case 'gt':
    case 'lt':
      return count === 1 ? undefined : "for 'Gt', 'Lt' operators, exactly one value is required";
    default:
      return count === 0 ? undefined : 'values set must be empty for exists and does not exist';
  }
}

/** An absent label fails every condition but `!`, `!=` and `notin`. */
export function matchesRequirement({ key, operator, values }: LabelRequirement, labels: Labels): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key]! : undefined;
  switch (operator) {
    case '=':
    case '==':
    case 'in':
      return value !== undefined && values.includes(value);
    case '!=':
    case 'notin':
      return value === undefined || !values.includes(value);
    case 'exists':
      return value !== undefined;
    case '!':
      return value === undefined;
    default: {
      const left = value === undefined ? undefined : parseInt64(value);
      const right = parseInt64(values[0]!)!;
      return left !== undefined && (operator === 'gt' ? left > right : left < right);
    }
  }
}

/** The text form; sets are sorted. */
export function requirementText({ key, operator, values }: LabelRequirement): string {
  switch (operator) {
    case 'exists':
      return key;
    case '!':
      return `!${key}`;
    case 'in':
    case 'notin':
      return `${key} ${operator} (${values.join(',')})`;
    case 'gt':
      return `${key}>${values[0]}`;
    case 'lt':
      return `${key}<${values[0]}`;
    default:
      return `${key}${operator}${values[0]}`;
  }
}

const integer = /^[+-]?[0-9]+$/;

function parseInt64(text: string): bigint | undefined {
  if (!integer.test(text)) return undefined;
  const value = BigInt(text.startsWith('+') ? text.slice(1) : text);
  return BigInt.asIntN(64, value) === value ? value : undefined;
}
