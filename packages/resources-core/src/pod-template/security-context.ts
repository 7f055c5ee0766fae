import { type FieldErrorList, fieldError } from '@orlop/apimachinery';
import { coreV1, type SecurityContext } from '@orlop/kubernetes-schema/core/v1';
import { check, field, range, rule, rules, supported } from '@orlop/rest/rules';
import { internalValue } from './internal-value.ts';
import { podScope } from './pod-scope.ts';
import { appArmorProfileRules, seccompProfileRules } from './profiles.ts';
import { windowsOptionsRules } from './windows-options.ts';

/** Numbers of users and groups. */
export const unixId = range(0, 2 ** 31 - 1);

/** Security settings of one container. */
export const securityContextRules = rules<SecurityContext>((at) => [
  field(at.runAsUser, unixId),
  field(at.runAsGroup, unixId),
  field(
    at.procMount,
    supported('Default', 'Unmasked'),
    rule('ownUsers', (value, path, context) =>
      value === 'Unmasked' && context.scope(podScope).hostUsers
        ? fieldError.invalid(path, value, '`hostUsers` must be false to use `Unmasked`')
        : undefined,
    ),
  ),
  field(at.seccompProfile, seccompProfileRules),
  check(function noEscalation(context, path) {
    if (context.allowPrivilegeEscalation !== false) return undefined;
    const errors: FieldErrorList = [];
    const refuse = (what: string) => {
      const value = internalValue(coreV1('SecurityContext'), context);
      errors.push(fieldError.invalid(path, value, `cannot set \`allowPrivilegeEscalation\` to false and ${what}`));
    };
    if (context.privileged === true) refuse('`privileged` to true');
    for (const capability of context.capabilities?.add ?? []) {
      if (capability === 'CAP_SYS_ADMIN') refuse('`capabilities.Add` CAP_SYS_ADMIN');
    }
    return errors;
  }),
  field(at.windowsOptions, windowsOptionsRules),
  field(at.appArmorProfile, appArmorProfileRules),
]);
