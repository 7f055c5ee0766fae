import { type FieldErrorList, fieldError, fieldPath, invalid } from '@orlop/apimachinery';
import {
  type CreateOptions,
  dryRunErrors,
  type FieldValidation,
  type PatchOptions,
  type UpdateOptions,
} from '@orlop/rest';
import { isPrintable } from '@orlop/schema';
import type { Query } from '../request/query.ts';

/** @throws Invalid (422) */
export function readCreateOptions(query: Query, userAgent: string | undefined): CreateOptions {
  return readWriteOptions('CreateOptions', query, userAgent, []);
}

/** @throws Invalid (422) */
export function readUpdateOptions(query: Query, userAgent: string | undefined): UpdateOptions {
  return readWriteOptions('UpdateOptions', query, userAgent, []);
}

/** @throws Invalid (422); `apply` patches need a field manager, others may not be forced */
export function readPatchOptions(query: Query, userAgent: string | undefined, apply: boolean): PatchOptions {
  const force = query.optionalFlag('force');
  const faults: FieldErrorList = [];
  if (apply) {
    if (query.text('fieldManager') === '') {
      faults.push(fieldError.required(fieldPath('fieldManager'), 'is required for apply patch'));
    }
  } else if (force !== undefined) {
    faults.push(fieldError.forbidden(fieldPath('force'), 'may not be specified for non-apply patch'));
  }
  return { ...readWriteOptions('PatchOptions', query, userAgent, faults), force };
}

const longestManager = 128;
/** What nearly all names are: nothing about them needs to be looked at character by character. */
const plainName = /^[ -~]{1,128}$/;
const validations: readonly string[] = ['', 'Ignore', 'Strict', 'Warn'];

function readWriteOptions(
  kind: string,
  query: Query,
  userAgent: string | undefined,
  faults: FieldErrorList,
): CreateOptions {
  const manager = query.text('fieldManager');
  const dryRun = query.all('dryRun');
  const validation = query.text('fieldValidation');
  if (manager !== '') checkManager(manager, faults);
  faults.push(...dryRunErrors(dryRun));
  if (!validations.includes(validation)) {
    faults.push(fieldError.notSupported(fieldPath('fieldValidation'), validation, validations));
  }
  if (faults.length > 0) throw invalid({ group: 'meta.k8s.io', kind }, '', faults);
  return {
    dryRun: dryRun.length > 0,
    fieldManager: manager !== '' ? manager : managerFromUserAgent(userAgent),
    fieldValidation: validation === '' ? 'Warn' : (validation as FieldValidation),
  };
}

function checkManager(manager: string, faults: FieldErrorList): void {
  if (plainName.test(manager)) return;
  const path = fieldPath('fieldManager');
  if (new TextEncoder().encode(manager).length > longestManager) {
    faults.push(fieldError.tooLong(path, manager, longestManager));
  }
  let at = 0;
  for (const character of manager) {
    if (!isPrintable(character)) {
      const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
      faults.push(fieldError.invalid(path, manager, `invalid character U+${code} (at position ${at})`));
    }
    at += new TextEncoder().encode(character).length;
  }
}

/** What stands before the first slash, without what cannot be printed, as far as there is room for it. */
function managerFromUserAgent(userAgent: string | undefined): string {
  if (userAgent === undefined || userAgent === '') return 'unknown';
  const slash = userAgent.indexOf('/');
  const name = slash < 0 ? userAgent : userAgent.slice(0, slash);
  if (plainName.test(name)) return name;
  let manager = '';
  let bytes = 0;
  for (const character of name) {
    if (!isPrintable(character)) continue;
    bytes += new TextEncoder().encode(character).length;
    if (bytes > longestManager) break;
    manager += character;
  }
  return manager;
}
