import {
  type FieldErrorList,
  type FieldPath,
  fieldError,
  fieldPath,
  hasInvalidLabelValue,
  nameIsDNSSubdomain,
  validateLabelSelector,
} from '@orlop/apimachinery';
import {
  appsV1,
  type DaemonSet,
  type DaemonSetSpec,
  type DaemonSetStatus,
  type RollingUpdateDaemonSet,
} from '@orlop/kubernetes-schema/apps/v1';
import { validateMetadata, validateMetadataUpdate } from '@orlop/resources-core/metadata';
import { internalValue, podGates, podTemplateRules } from '@orlop/resources-core/pod-template';
import { check, field, nonNegative, type RuleContext, rules } from '@orlop/rest';
import { atMost100Percent, countOrPercent, isZero } from '../int-or-percent-rules.ts';
import { immutableSelector, isEmpty, mismatch, runsForEver, selectorValue, selects } from '../selected-template.ts';
import { neverLower } from '../status-counts.ts';
import { templateGeneration } from './template-generation.ts';

const metadataPath = fieldPath('metadata');
const specPath = fieldPath('spec');

const rollingUpdateRules = rules<RollingUpdateDaemonSet>((at) => [
  field(at.maxUnavailable, countOrPercent),
  field(at.maxSurge, countOrPercent),
  field(at.maxUnavailable, atMost100Percent),
  field(at.maxSurge, atMost100Percent),
  check(function exactlyOne({ maxUnavailable, maxSurge }, path) {
    if (isZero(maxUnavailable)) {
      return isZero(maxSurge)
        ? fieldError.required(path!.child('maxUnavailable'), 'cannot be 0 when maxSurge is 0')
        : undefined;
    }
    return isZero(maxSurge)
      ? undefined
      : fieldError.invalid(path!.child('maxSurge'), maxSurge, 'may not be set when maxUnavailable is non-zero');
  }),
]);

function updateStrategy({ updateStrategy }: DaemonSetSpec, path: FieldPath | undefined, context: RuleContext) {
  const here = path!.child('updateStrategy');
  const { type = '', rollingUpdate } = updateStrategy;
  if (type === 'OnDelete') return undefined;
  if (type !== 'RollingUpdate') {
    const value = internalValue(appsV1('DaemonSetUpdateStrategy'), updateStrategy);
    return fieldError.notSupported(here, value, ['RollingUpdate', 'OnDelete']);
  }
  const at = here.child('rollingUpdate');
  return rollingUpdate === undefined
    ? fieldError.required(at, '')
    : rollingUpdateRules.check(rollingUpdate, at, context);
}

/** The selector is well-formed, finds the template's pods and is not empty, said in this order. */
function selector(spec: DaemonSetSpec, path: FieldPath | undefined, context: RuleContext): FieldErrorList {
  const here = path!.child('selector');
  const before = (context.old as DaemonSetSpec | undefined)?.selector;
  const errors = validateLabelSelector(spec.selector, { allowInvalidLabelValue: hasInvalidLabelValue(before) }, here);
  if (selects(spec.selector, spec.template) === false) errors.push(mismatch(spec.template, path!));
  if (spec.selector !== null && isEmpty(spec.selector)) {
    errors.push(fieldError.invalid(here, selectorValue(spec.selector), 'empty selector is invalid for daemonset'));
  }
  return errors;
}

const specRules = rules<DaemonSetSpec>((at) => [
  check(selector),
  field(at.template, podTemplateRules),
  runsForEver('DaemonSet'),
  field(at.minReadySeconds, nonNegative),
]);

const furtherSpecRules = rules<DaemonSetSpec>((at) => [
  check(updateStrategy),
  field(at.revisionHistoryLimit, nonNegative),
]);

/** Everything but the metadata, whose rules differ between creates and updates. */
export const daemonSetRules = rules<DaemonSet>((at) => [
  field(at.spec.selector, immutableSelector),
  field(at.spec, specRules),
  check(function templateGenerationCount(daemonSet, _path, context) {
    return nonNegative.check(templateGeneration(daemonSet), specPath.child('templateGeneration'), context);
  }),
  field(at.spec, furtherSpecRules),
]);

const statusRules = rules<DaemonSetStatus>((at) => [
  field(at.currentNumberScheduled, nonNegative),
  field(at.numberMisscheduled, nonNegative),
  field(at.desiredNumberScheduled, nonNegative),
  field(at.numberReady, nonNegative),
  field(at.observedGeneration, nonNegative),
  field(at.updatedNumberScheduled, nonNegative),
  field(at.numberAvailable, nonNegative),
  field(at.numberUnavailable, nonNegative),
  field(at.collisionCount, nonNegative, neverLower),
]);

/** Rules of what `/status` writes. */
export const daemonSetStatusRules = rules<DaemonSet>((at) => [field(at.status, statusRules)]);

export function validateDaemonSet(daemonSet: DaemonSet, version: string): FieldErrorList {
  return [
    ...validateMetadata(daemonSet.metadata, { namespaced: true, nameRule: nameIsDNSSubdomain, path: metadataPath }),
    ...daemonSetRules.validate(daemonSet, undefined, { operation: 'create', version, gates: podGates }),
  ];
}

export function validateDaemonSetUpdate(daemonSet: DaemonSet, old: DaemonSet, version: string): FieldErrorList {
  return [
    ...validateMetadataUpdate(daemonSet.metadata, old.metadata, metadataPath),
    ...daemonSetRules.validate(daemonSet, undefined, { operation: 'update', old, version, gates: podGates }),
  ];
}

export function validateDaemonSetStatusUpdate(daemonSet: DaemonSet, old: DaemonSet, version: string): FieldErrorList {
  return [
    ...validateMetadataUpdate(daemonSet.metadata, old.metadata, metadataPath),
    ...daemonSetStatusRules.validate(daemonSet, undefined, { operation: 'update', old, version }),
  ];
}
