import { fieldError, validateAnnotations, validateLabels } from '@orlop/apimachinery';
import type { PodTemplateSpec } from '@orlop/kubernetes-schema/core/v1';
import { check, defaults, field, rules, within } from '@orlop/rest/rules';
import { podAnnotations, profilesAgree } from './annotations.ts';
import { podSpecDefaults, podSpecRules } from './pod-spec.ts';

export const podTemplateDefaults = defaults<PodTemplateSpec>((at) => [within(at.spec, podSpecDefaults)]);

/** Of a template's metadata, labels and annotations count; faults of both are said of the template itself. */
export const podTemplateRules = rules<PodTemplateSpec>((at) => [
  check(function metadata({ metadata: { labels = {}, annotations = {} }, spec }, path, context) {
    const here = path!.child('annotations');
    return [
      ...validateLabels(labels, path!.child('labels')),
      ...validateAnnotations(annotations, here),
      ...podAnnotations(annotations, spec, here, context),
    ];
  }),
  field(at.spec, podSpecRules()),
  check((template, path) => profilesAgree(template, path!.child('spec')), 'profilesAgree'),
  check(function noEphemeralContainers({ spec }, path) {
    return (spec.ephemeralContainers ?? []).length === 0
      ? undefined
      : fieldError.forbidden(
          path!.child('spec', 'ephemeralContainers'),
          'ephemeral containers not allowed in pod template',
        );
  }),
]);
