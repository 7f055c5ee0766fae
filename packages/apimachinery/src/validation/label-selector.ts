import type { LabelSelectorRequirement, LabelSelectorSpec } from '../labels/label-selector-spec.ts';
import { type FieldErrorList, fieldError } from './field-error.ts';
import type { FieldPath } from './field-path.ts';
import { validateLabelName, validateLabels } from './labels.ts';
import { isValidLabelValue } from './qualified-names.ts';

export interface LabelSelectorValidationOptions {
  /** Values that are no label values pass: for updates of objects that already hold such. @default false */
  readonly allowInvalidLabelValue?: boolean;
  /** Operators nobody knows pass. @default false */
  readonly allowUnknownOperator?: boolean;
}

/** Checks a selector object; an absent one is fine here. */
export function validateLabelSelector(
  selector: LabelSelectorSpec | null | undefined,
  options: LabelSelectorValidationOptions,
  path: FieldPath,
): FieldErrorList {
  if (selector === undefined || selector === null) return [];
  const errors = validateLabels(selector.matchLabels, path.child('matchLabels'));
  selector.matchExpressions?.forEach((requirement, index) => {
    errors.push(...validateRequirement(requirement, options, path.child('matchExpressions').index(index)));
  });
  return errors;
}

function validateRequirement(
  { key, operator, values = [] }: LabelSelectorRequirement,
  options: LabelSelectorValidationOptions,
  path: FieldPath,
): FieldErrorList {
  const errors: FieldErrorList = [];
  if (operator === 'In' || operator === 'NotIn') {
    if (values.length === 0) {
      errors.push(fieldError.required(path.child('values'), "must be specified when `operator` is 'In' or 'NotIn'"));
    }
  } else if (operator === 'Exists' || operator === 'DoesNotExist') {
    if (values.length > 0) {
      errors.push(
        fieldError.forbidden(
          path.child('values'),
          "may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
        ),
      );
    }
  } else if (!options.allowUnknownOperator) {
    errors.push(fieldError.invalid(path.child('operator'), operator, 'not a valid selector operator'));
  }
  errors.push(...validateLabelName(key, path.child('key')));
  if (!options.allowInvalidLabelValue) {
    values.forEach((value, index) => {
      for (const complaint of isValidLabelValue(value)) {
        errors.push(fieldError.invalid(path.child('values').index(index), value, complaint));
      }
    });
  }
  return errors;
}

/** Some value of an expression is no label value: objects stored before the check existed may hold such. */
export function hasInvalidLabelValue(selector: LabelSelectorSpec | null | undefined): boolean {
  return (
    selector?.matchExpressions?.some(({ values }) => values?.some((value) => isValidLabelValue(value).length > 0)) ??
    false
  );
}
