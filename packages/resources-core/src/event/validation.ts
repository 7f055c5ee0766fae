import {
  byteLength,
  type FieldErrorList,
  fieldError,
  fieldPath,
  isDNS1123Subdomain,
  isQualifiedName,
} from '@orlop/apimachinery';
import type { Event } from '@orlop/kubernetes-schema/core/v1';

/** Longest texts of events that carry an eventTime, in bytes. */
const limits = { reportingInstance: 128, action: 128, reason: 128, message: 1024 } as const;

/** Faults of an Event. The core API asks much only of events that carry an eventTime. */
export function validateEvent(event: Event): FieldErrorList {
  const errors = event.eventTime === null ? plainEventErrors(event) : timedEventErrors(event);
  const namespace = event.metadata.namespace ?? '';
  for (const detail of isDNS1123Subdomain(namespace)) {
    errors.push(fieldError.invalid(fieldPath('namespace'), namespace, detail));
  }
  return errors;
}

function plainEventErrors({ metadata, involvedObject }: Event): FieldErrorList {
  const own = metadata.namespace ?? '';
  const other = involvedObject.namespace ?? '';
  // Events about cluster-wide objects may stand in "default".
  const fits = other === '' ? own === '' || own === 'default' : own === other;
  return fits ? [] : [elsewhere(other)];
}

function timedEventErrors(event: Event): FieldErrorList {
  const errors: FieldErrorList = [];
  const own = event.metadata.namespace ?? '';
  const other = event.involvedObject.namespace ?? '';
  if (other === '' && own !== 'default' && own !== 'kube-system') errors.push(elsewhere(other));

  const component = fieldPath('reportingComponent');
  if (event.reportingComponent === '') errors.push(fieldError.required(component));
  for (const detail of isQualifiedName(event.reportingComponent)) {
    errors.push(fieldError.invalid(component, event.reportingComponent, detail));
  }
  errors.push(
    ...textErrors('reportingInstance', event.reportingInstance, true),
    ...textErrors('action', event.action, true),
    ...textErrors('reason', event.reason, true),
    ...textErrors('message', event.message, false),
  );
  return errors;
}

function textErrors(name: keyof typeof limits, text = '', needed: boolean): FieldErrorList {
  const path = fieldPath(name);
  if (text === '') return needed ? [fieldError.required(path)] : [];
  const limit = limits[name];
  return byteLength(text) > limit ? [fieldError.invalid(path, '', `can have at most ${limit} characters`)] : [];
}

function elsewhere(namespace: string) {
  return fieldError.invalid(fieldPath('involvedObject', 'namespace'), namespace, 'does not match event.namespace');
}
