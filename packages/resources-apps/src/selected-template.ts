import {
  type FieldError,
  type FieldErrorList,
  type FieldPath,
  fieldError,
  labelSelectorFrom,
  rawJson,
  validateLabelSelector,
} from '@orlop/apimachinery';
import type { PodTemplateSpec } from '@orlop/kubernetes-schema/core/v1';
import { type LabelSelector, metaV1 } from '@orlop/kubernetes-schema/meta/v1';
import { podTemplateRules } from '@orlop/resources-core/pod-template';
import { type CheckStatement, check, field, type Rule, rule, rules, sameValue } from '@orlop/rest';
import { encode, wasSentEmpty } from '@orlop/schema';

/** What all workloads have: a template for pods, and a selector that finds them. */
interface Selecting {
  readonly selector: LabelSelector | null;
  readonly template: PodTemplateSpec;
}

const strict = { allowInvalidLabelValue: false };

/** The selector is there, well-formed and not empty. */
export function selectorGiven<T extends Selecting>(kindWord: string): CheckStatement<T> {
  return check(({ selector }, path) => {
    const here = path!.child('selector');
    if (selector === null || selector === undefined) return fieldError.required(here, '');
    const errors = validateLabelSelector(selector, strict, here);
    if (isEmpty(selector)) {
      errors.push(fieldError.invalid(here, selectorValue(selector), `empty selector is invalid for ${kindWord}`));
    }
    return errors;
  }, 'selectorGiven');
}

/**
 * The template is valid and makes pods that the selector finds; `further` demands on it follow. A selector nobody can
 * read makes all of this moot.
 */
export function templateSelected<T extends Selecting>(
  unreadable: string,
  ...further: readonly CheckStatement<T>[]
): CheckStatement<T> {
  const furtherRules = rules<T>(() => further);
  return check(
    (spec, path, context) =>
      selects(spec.selector, spec.template) === undefined
        ? fieldError.invalid(path!.child('selector'), selectorValue(spec.selector), unreadable)
        : [...matchingTemplate.validate(spec, path, context), ...furtherRules.validate(spec, path, context)],
    'templateSelected',
  );
}

const matchingTemplate = rules<Selecting>((at) => [
  check(({ selector, template }, path) =>
    selects(selector, template) || (selector !== null && isEmpty(selector)) ? undefined : mismatch(template, path!),
  ),
  field(at.template, podTemplateRules),
]);

const labelsType = {
  kind: 'map',
  values: { kind: 'scalar', scalar: 'string', enum: undefined },
  mapType: 'granular',
} as const;

/** A selector as messages show it. */
export function selectorValue(selector: LabelSelector | null): unknown {
  return selector === null ? null : rawJson(encode(metaV1('LabelSelector'), selector));
}

/** `path` is that of the spec. */
export function mismatch({ metadata }: PodTemplateSpec, path: FieldPath): FieldError {
  const at = path.child('template', 'metadata', 'labels');
  const sent = metadata.labels ?? (wasSentEmpty(metadata, 'labels') ? {} : undefined);
  const labels = sent === undefined ? null : rawJson(encode(labelsType, sent));
  return fieldError.invalid(at, labels, '`selector` does not match template `labels`');
}

/** Whether the selector finds the template's pods; undefined when it cannot be read. */
export function selects(selector: LabelSelector | null, template: PodTemplateSpec): boolean | undefined {
  try {
    return labelSelectorFrom(selector).matches(template.metadata.labels ?? {});
  } catch {
    return undefined;
  }
}

export function isEmpty({ matchLabels = {}, matchExpressions = [] }: LabelSelector): boolean {
  return Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;
}

/** The selector stays what it was at creation. */
export const immutableSelector: Rule<LabelSelector> = rule(
  'immutable',
  (selector: LabelSelector | undefined, path, { operation, old }) =>
    operation === 'update' && !sameValue(selector, old)
      ? fieldError.invalid(path, selectorValue(selector ?? null), 'field is immutable')
      : undefined,
  { absent: true },
);

/** Workloads keep their pods running: they restart, and know no deadline. */
export function runsForEver<T extends Pick<Selecting, 'template'>>(kind: string): CheckStatement<T> {
  return check(({ template: { spec } }, path): FieldErrorList => {
    const here = path!.child('template', 'spec');
    const errors: FieldErrorList = [];
    const policy = spec.restartPolicy ?? '';
    if (policy !== 'Always') errors.push(fieldError.notSupported(here.child('restartPolicy'), policy, ['Always']));
    if (spec.activeDeadlineSeconds !== undefined) {
      const detail = `activeDeadlineSeconds in ${kind} is not Supported`;
      errors.push(fieldError.forbidden(here.child('activeDeadlineSeconds'), detail));
    }
    return errors;
  }, 'runsForEver');
}
