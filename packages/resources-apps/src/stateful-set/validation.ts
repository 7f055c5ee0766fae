import {
  type FieldErrorList,
  type FieldPath,
  fieldError,
  fieldPath,
  nameIsDNSLabel,
  validateAnnotations,
  validateLabels,
} from '@orlop/apimachinery';
import {
  appsV1,
  type RollingUpdateStatefulSetStrategy,
  type StatefulSet,
  type StatefulSetSpec,
  type StatefulSetStatus,
} from '@orlop/kubernetes-schema/apps/v1';
import { validateMetadata, validateMetadataUpdate } from '@orlop/resources-core/metadata';
import {
  internalValue,
  podAnnotations,
  podGates,
  podTemplateRules,
  volumeClaimSpecRules,
} from '@orlop/resources-core/pod-template';
import {
  check,
  dnsLabel,
  each,
  field,
  nonNegative,
  type Rule,
  type RuleContext,
  type Rules,
  required,
  rule,
  rules,
  supported,
} from '@orlop/rest';
import { equalSemantic } from '@orlop/schema';
import { atMost100Percent, countOrPercent, isZero } from '../int-or-percent-rules.ts';
import { isEmpty, mismatch, runsForEver, selectorGiven, selectorValue, selects } from '../selected-template.ts';
import { atMost, neverLower } from '../status-counts.ts';
import { templateOfPods } from './claim-volumes.ts';

const metadataPath = fieldPath('metadata');

const rollingUpdateRules = rules<RollingUpdateStatefulSetStrategy>((at) => [
  field(at.partition, nonNegative),
  field(
    at.maxUnavailable,
    countOrPercent,
    rule('notZero', (value, path) => (isZero(value) ? fieldError.invalid(path, value, 'cannot be 0') : undefined)),
    atMost100Percent,
  ),
]);

const oneOf = (first: string, second: string): Rule<string> =>
  rule('oneOf', (value, path) =>
    value === first || value === second
      ? undefined
      : fieldError.invalid(path, value, `must be '${first}' or '${second}'`),
  );

function updateStrategy({ updateStrategy }: StatefulSetSpec, path: FieldPath | undefined, context: RuleContext) {
  const here = path!.child('updateStrategy');
  const { type = '', rollingUpdate } = updateStrategy;
  const at = here.child('rollingUpdate');
  switch (type) {
    case '':
      return fieldError.required(here, '');
    case 'OnDelete': {
      if (rollingUpdate === undefined) return undefined;
      const value = internalValue(appsV1('RollingUpdateStatefulSetStrategy'), rollingUpdate);
      return fieldError.invalid(at, value, "only allowed for updateStrategy 'RollingUpdate'");
    }
    case 'RollingUpdate':
      return rollingUpdate === undefined ? undefined : rollingUpdateRules.check(rollingUpdate, at, context);
    default: {
      const value = internalValue(appsV1('StatefulSetUpdateStrategy'), updateStrategy);
      return fieldError.invalid(here, value, "must be 'RollingUpdate' or 'OnDelete'");
    }
  }
}

/** What of a spec is looked at: an update tolerates what was stored before the rules were as they are. */
interface Scrutiny {
  readonly podTemplate: boolean;
  readonly claims: boolean;
  readonly serviceName: boolean;
}

function template(podTemplate: boolean) {
  return (spec: StatefulSetSpec, path: FieldPath | undefined, context: RuleContext): FieldErrorList => {
    const { selector } = spec;
    const matches = selects(selector, spec.template);
    if (matches === undefined) return [fieldError.invalid(path!.child('selector'), selectorValue(selector), '')];
    const here = path!.child('template');
    const { metadata } = spec.template;
    const { labels = {}, annotations = {} } = metadata;
    const old = (context.old as StatefulSetSpec | undefined)?.template;
    const request = { operation: context.operation, version: context.version, gates: context.gates, old };
    const annotationsPath = here.child('annotations');
    return [
      ...(matches || (selector !== null && isEmpty(selector)) ? [] : [mismatch(spec.template, path!)]),
      ...(podTemplate ? podTemplateRules.validate(templateOfPods(spec), here, request) : []),
      // The server checks these once more for this kind.
      ...validateLabels(labels, here.child('labels')),
      ...validateAnnotations(annotations, annotationsPath),
      ...podAnnotations(annotations, spec.template.spec, annotationsPath, context),
    ];
  };
}

const retention = supported('Retain', 'Delete');

function specRules({ podTemplate, claims, serviceName }: Scrutiny): Rules<StatefulSetSpec> {
  return rules((at) => [
    field(at.podManagementPolicy, required, oneOf('OrderedReady', 'Parallel')),
    check(updateStrategy),
    field(at.persistentVolumeClaimRetentionPolicy.whenDeleted, retention),
    field(at.persistentVolumeClaimRetentionPolicy.whenScaled, retention),
    ...(claims
      ? [
          field(
            at.volumeClaimTemplates,
            each(
              rule('claimTemplate', ({ spec }, path, context) =>
                volumeClaimSpecRules.check(spec, path.child('spec'), context),
              ),
            ),
          ),
        ]
      : []),
    field(at.replicas, nonNegative),
    field(at.minReadySeconds, nonNegative),
    field(at.ordinals.start, nonNegative),
    ...(serviceName
      ? [
          field(
            at.serviceName,
            rule('label', (name, path, context) => (name === '' ? undefined : dnsLabel.check(name, path, context))),
          ),
        ]
      : []),
    selectorGiven('statefulset'),
    check(template(podTemplate)),
    runsForEver('StatefulSet'),
  ]);
}

const newSpec = specRules({ podTemplate: true, claims: true, serviceName: true });
const updatedSpec = specRules({ podTemplate: true, claims: false, serviceName: false });
/** For objects whose template was bad before: it may stay so. */
const tolerated = specRules({ podTemplate: false, claims: false, serviceName: false });

/** Fields of the spec that may change. */
const changeable = [
  'replicas',
  'template',
  'updateStrategy',
  'minReadySeconds',
  'ordinals',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
] as const satisfies readonly (keyof StatefulSetSpec)[];

const specFrozen =
  "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";

function frozen(spec: StatefulSetSpec): StatefulSetSpec {
  const rest: Partial<StatefulSetSpec> = { ...spec };
  for (const name of changeable) delete rest[name];
  return rest as StatefulSetSpec;
}

const statusRules = rules<StatefulSetStatus>((at) => [
  field(at.replicas, nonNegative),
  field(at.readyReplicas, nonNegative),
  field(at.currentReplicas, nonNegative),
  field(at.updatedReplicas, nonNegative),
  field(at.availableReplicas, nonNegative),
  field(at.observedGeneration, nonNegative),
  field(at.collisionCount, nonNegative),
  field(
    at,
    atMost(
      at.replicas,
      'status.replicas',
      at.readyReplicas,
      at.currentReplicas,
      at.updatedReplicas,
      at.availableReplicas,
    ),
  ),
  field(at, atMost(at.readyReplicas, 'status.readyReplicas', at.availableReplicas)),
]);

/** Asked last, behind the metadata. */
const collisionRules = rules<StatefulSetStatus>((at) => [field(at.collisionCount, neverLower)]);

const specPath = fieldPath('spec');
const statusPath = fieldPath('status');

export function validateStatefulSet(statefulSet: StatefulSet, version: string): FieldErrorList {
  return [
    // Pods carry the name in theirs, so it must be a label.
    ...validateMetadata(statefulSet.metadata, { namespaced: true, nameRule: nameIsDNSLabel, path: metadataPath }),
    ...newSpec.validate(statefulSet.spec, specPath, { operation: 'create', version, gates: podGates }),
  ];
}

export function validateStatefulSetUpdate(statefulSet: StatefulSet, old: StatefulSet, version: string): FieldErrorList {
  const request = { operation: 'update', old: old.spec, version, gates: podGates } as const;
  const before = updatedSpec.validate(old.spec, specPath, request);
  const errors = [
    ...validateMetadataUpdate(statefulSet.metadata, old.metadata, metadataPath),
    ...(before.length > 0 ? tolerated : updatedSpec).validate(statefulSet.spec, specPath, request),
  ];
  if (!equalSemantic(appsV1('StatefulSetSpec'), frozen(statefulSet.spec), frozen(old.spec))) {
    errors.push(fieldError.forbidden(specPath, specFrozen));
  }
  return errors;
}

export function validateStatefulSetStatusUpdate(
  statefulSet: StatefulSet,
  old: StatefulSet,
  version: string,
): FieldErrorList {
  const request = { operation: 'update', old: old.status, version } as const;
  return [
    ...statusRules.validate(statefulSet.status, statusPath, request),
    ...validateMetadataUpdate(statefulSet.metadata, old.metadata, metadataPath),
    ...collisionRules.validate(statefulSet.status, statusPath, request),
  ];
}
