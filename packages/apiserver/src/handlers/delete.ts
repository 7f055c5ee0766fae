import { type GracefulDeleter, isGracefulDeleter } from '@orlop/rest';
import { objectForm, sendResult } from '../answer/send-object.ts';
import { readDeleteBody } from '../body/read-delete-body.ts';
import { readDeleteOptions } from '../options/delete-options.ts';
import { admissionOf } from './admit.ts';
import type { Handler } from './handling.ts';
import { capable, nameOf } from './scope.ts';

/** DELETE of one object. */
export const deleteObject: Handler = async (server, call, target) => {
  const storage = capable<GracefulDeleter>(target, isGracefulDeleter);
  const name = nameOf(call, target);
  const form = objectForm(call);
  const options = readDeleteOptions(call.query, await readDeleteBody(call, server));
  const admission = admissionOf(server.admission, { call, target, name, dryRun: options.dryRun });
  await admission.admit('DELETE', undefined);
  const { result, deleted } = await storage.delete(call, name, admission.validating('DELETE'), options);
  // Who asked explicitly not to orphan is told when dependents still have to go.
  const code = !deleted && options.orphanDependents === false ? 202 : 200;
  sendResult(call, target, form, code, result, server.runtime.clock.now());
};
