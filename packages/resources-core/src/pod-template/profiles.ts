import { byteLength, fieldError } from '@orlop/apimachinery';
import { type AppArmorProfile, coreV1, type SeccompProfile } from '@orlop/kubernetes-schema/core/v1';
import { check, field, requiredBecause, rules, supported, when } from '@orlop/rest/rules';
import { internalValue } from './internal-value.ts';
import { descendingPath } from './local-path.ts';

/** Profiles of the sandboxes Linux offers. */

const types = ['Localhost', 'RuntimeDefault', 'Unconfined'] as const;

export const seccompProfileRules = rules<SeccompProfile>((at) => [
  field(at.type, requiredBecause('type is required when seccompProfile is set'), supported(...types)),
  when(
    ({ type }) => type === 'Localhost',
    check(({ localhostProfile }, path, context) =>
      localhostProfile === undefined
        ? fieldError.required(path!.child('localhostProfile'), 'must be set when seccomp type is Localhost')
        : descendingPath.check(localhostProfile, path!.child('localhostProfile'), context),
    ),
  ),
  when(
    ({ type, localhostProfile }) => type !== 'Localhost' && localhostProfile !== undefined,
    check((profile, path) =>
      fieldError.invalid(
        path!.child('localhostProfile'),
        internalValue(coreV1('SeccompProfile'), profile),
        'can only be set when seccomp type is Localhost',
      ),
    ),
  ),
]);

/** Longest path Linux takes. */
const longestPath = 4095;

export const appArmorProfileRules = rules<AppArmorProfile>((at) => [
  when(
    ({ type }) => type === 'Localhost',
    check(({ localhostProfile: profile }, path) => {
      const here = path!.child('localhostProfile');
      const missing = fieldError.required(here, 'must be set when AppArmor type is Localhost');
      if (profile === undefined) return missing;
      const errors = [];
      if (profile.trim() !== profile) {
        errors.push(fieldError.invalid(here, profile, 'must not be padded with whitespace'));
      } else if (profile === '') errors.push(missing);
      if (byteLength(profile) > longestPath) errors.push(fieldError.tooLong(here, '', longestPath));
      return errors;
    }),
  ),
  when(
    ({ type, localhostProfile }) =>
      (type === 'RuntimeDefault' || type === 'Unconfined') && localhostProfile !== undefined,
    check(({ localhostProfile }, path) =>
      fieldError.invalid(
        path!.child('localhostProfile'),
        localhostProfile,
        'can only be set when AppArmor type is Localhost',
      ),
    ),
  ),
  field(at.type, requiredBecause('type is required when appArmorProfile is set'), supported(...types)),
]);
