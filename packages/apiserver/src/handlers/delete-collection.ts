import { type CollectionDeleter, isCollectionDeleter } from '@orlop/rest';
import { sendList } from '../answer/send-list.ts';
import { objectForm } from '../answer/send-object.ts';
import { readDeleteBody } from '../body/read-delete-body.ts';
import { readDeleteOptions } from '../options/delete-options.ts';
import { listOptionsOf, readCollectionOptions } from '../options/list-options.ts';
import { admissionOf } from './admit.ts';
import type { Handler } from './handling.ts';
import { capable, checkNamespace } from './scope.ts';

/** DELETE of a collection: answers what was there. */
export const deleteCollection: Handler = async (server, call, target) => {
  const storage = capable<CollectionDeleter>(target, isCollectionDeleter);
  checkNamespace(call, target);
  const form = objectForm(call);
  const selection = readCollectionOptions(call.query, target.body, target.namespaced);
  const options = readDeleteOptions(call.query, await readDeleteBody(call, server));
  const admission = admissionOf(server.admission, { call, target, name: '', dryRun: options.dryRun });
  await admission.admit('DELETE', undefined);
  const removed = await storage.deleteCollection(
    call,
    admission.validating('DELETE'),
    options,
    listOptionsOf(selection),
  );
  await sendList(call, target, form, removed, {
    now: server.runtime.clock.now(),
    gzipBytes: server.limits.gzipBytes,
  });
};
