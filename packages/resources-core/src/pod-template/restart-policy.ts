import { type FieldErrorList, type FieldPath, fieldError } from '@orlop/apimachinery';
import type { Container, ContainerRestartRule } from '@orlop/kubernetes-schema/core/v1';
import { gateOpen, type RuleContext } from '@orlop/rest/rules';

const policies = ['Always', 'Never', 'OnFailure'];
const operators = ['In', 'NotIn'];
const mostRules = 20;
const mostExitCodes = 255;

function ruleErrors(rule: ContainerRestartRule, actions: readonly string[], path: FieldPath): FieldErrorList {
  const errors: FieldErrorList = [];
  const { action = '', exitCodes } = rule;
  if (!actions.includes(action)) errors.push(fieldError.notSupported(path.child('action'), action, actions));
  const here = path.child('exitCodes');
  if (exitCodes === undefined) return [...errors, fieldError.required(here, 'must be specified')];
  const { operator = '', values = [] } = exitCodes;
  if (!operators.includes(operator)) {
    errors.push(fieldError.notSupported(here.child('operator'), operator, operators));
  }
  if (values.length > mostExitCodes) {
    errors.push(fieldError.tooMany(here.child('values'), values.length, mostExitCodes));
  }
  return errors;
}

function policyAndRules(container: Container, path: FieldPath, context: RuleContext): FieldErrorList {
  const errors: FieldErrorList = [];
  const { restartPolicy: policy, restartPolicyRules: rules = [] } = container;
  const here = path.child('restartPolicy');
  if (policy === undefined) {
    if (rules.length === 0) return errors;
    errors.push(fieldError.required(here, 'must specify restartPolicy when restart rules are used'));
  } else if (!policies.includes(policy)) errors.push(fieldError.notSupported(here, policy, policies));
  const list = path.child('restartPolicyRules');
  if (rules.length > mostRules) errors.push(fieldError.tooMany(list, rules.length, mostRules));
  const restartAll = gateOpen(context.gates, 'RestartAllContainersOnContainerExits');
  const actions = restartAll ? ['Restart', 'RestartAllContainers'] : ['Restart'];
  for (const [index, rule] of rules.entries()) errors.push(...ruleErrors(rule, actions, list.index(index)));
  return errors;
}

/** When a container of the main list restarts by rules of its own. */
export function containerRestartPolicy(
  container: Container,
  path: FieldPath | undefined,
  context: RuleContext,
): FieldErrorList {
  if (gateOpen(context.gates, 'ContainerRestartRules')) return policyAndRules(container, path!, context);
  return container.restartPolicy === undefined
    ? []
    : [fieldError.forbidden(path!.child('restartPolicy'), 'may not be set for non-init containers')];
}

/** The same of an init container, where `Always` makes a sidecar. */
export function initContainerRestartPolicy(
  container: Container,
  path: FieldPath | undefined,
  context: RuleContext,
): FieldErrorList {
  const { restartPolicy: policy, restartPolicyRules: rules = [] } = container;
  if (policy === undefined) {
    return rules.length === 0
      ? []
      : [fieldError.required(path!.child('restartPolicy'), 'must specify restartPolicy when restart rules are used')];
  }
  if (!gateOpen(context.gates, 'ContainerRestartRules')) {
    return policy === 'Always' ? [] : [fieldError.notSupported(path!.child('restartPolicy'), policy, ['Always'])];
  }
  if (policy !== 'Always' || gateOpen(context.gates, 'RestartAllContainersOnContainerExits')) {
    return policyAndRules(container, path!, context);
  }
  return rules.length === 0
    ? []
    : [
        fieldError.forbidden(
          path!.child('restartPolicyRules'),
          'restartPolicyRules are not allowed for init containers with restart policy Always',
        ),
      ];
}
