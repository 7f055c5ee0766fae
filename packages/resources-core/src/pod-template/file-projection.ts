import { fieldError } from '@orlop/apimachinery';
import type { DownwardAPIVolumeFile, KeyToPath } from '@orlop/kubernetes-schema/core/v1';
import { check, defaults, field, type Rule, required, rule, rules, within } from '@orlop/rest/rules';
import { fileFields, objectFieldSelector, objectFieldSelectorDefaults, resourceFieldSelector } from './downward-api.ts';
import { fileMode, localPath } from './local-path.ts';

/** Files that volumes make out of keys and fields. */

/** Missing and nothing more: an absent path is no bad path. */
const requiredPath: readonly Rule<string>[] = [required, localPath];

export const keyToPathRules = rules<KeyToPath>((at) => [
  field(at.key, required),
  field(at.path, ...requiredPath),
  field(at.mode, fileMode),
]);

export const downwardAPIFileDefaults = defaults<DownwardAPIVolumeFile>((at) => [
  within(at.fieldRef, objectFieldSelectorDefaults),
]);

const fromField = objectFieldSelector(fileFields);
const fromResource = resourceFieldSelector(true);

export const downwardAPIFileRules = rules<DownwardAPIVolumeFile>((at) => [
  field(at.path, ...requiredPath),
  field(at.fieldRef, fromField),
  check(function oneSource({ fieldRef, resourceFieldRef }, path, context) {
    if (fieldRef !== undefined) {
      return resourceFieldRef === undefined
        ? undefined
        : fieldError.invalid(path, 'resource', 'fieldRef and resourceFieldRef can not be specified simultaneously');
    }
    return resourceFieldRef === undefined
      ? fieldError.required(path, 'one of fieldRef and resourceFieldRef is required')
      : fromResource.check(resourceFieldRef, path!.child('resourceFieldRef'), context);
  }),
  field(at.mode, fileMode),
]);

/** Every file of a list; what is wrong with one is said of the volume, without a position. */
export const downwardAPIFiles: Rule<{ readonly items?: readonly DownwardAPIVolumeFile[] }> = rule(
  'downwardAPIFiles',
  ({ items = [] }, path, context) => items.flatMap((file) => downwardAPIFileRules.validate(file, path, context)),
);
