import { type FieldErrorList, fieldError } from '@orlop/apimachinery';
import type { ContainerResizePolicy } from '@orlop/kubernetes-schema/core/v1';
import { type Rule, rule } from '@orlop/rest/rules';
import { podScope } from './pod-scope.ts';

const resources = ['cpu', 'memory'];
const policies = ['NotRequired', 'RestartContainer'];

/** What a change of resources does to a container. Most faults are said of the list. */
export const resizePolicyRule: Rule<readonly ContainerResizePolicy[]> = rule('resizePolicy', (list, path, context) => {
  const errors: FieldErrorList = [];
  const seen = new Set<string>();
  const oneOf = (value: string, values: readonly string[]) => {
    if (value === '') errors.push(fieldError.required(path, ''));
    else if (!values.includes(value)) errors.push(fieldError.notSupported(path, value, values));
  };
  for (const [index, { resourceName, restartPolicy }] of list.entries()) {
    if (seen.has(resourceName)) errors.push(fieldError.duplicate(path.index(index), resourceName));
    seen.add(resourceName);
    oneOf(resourceName, resources);
    oneOf(restartPolicy, policies);
    if (context.scope(podScope).spec.restartPolicy === 'Never' && restartPolicy !== 'NotRequired') {
      const detail = "must be 'NotRequired' when pod `restartPolicy` is 'Never'";
      errors.push(fieldError.invalid(path, restartPolicy, detail));
    }
  }
  return errors;
});
