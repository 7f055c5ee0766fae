import { isLister, type Lister } from '@orlop/rest';
import { sendList } from '../answer/send-list.ts';
import { objectForm } from '../answer/send-object.ts';
import { listOptionsOf, readCollectionOptions } from '../options/list-options.ts';
import type { Handler } from './handling.ts';
import { capable } from './scope.ts';

/** GET of a collection. */
export const list: Handler = async (server, call, target) => {
  const storage = capable<Lister>(target, isLister);
  const form = objectForm(call);
  const options = readCollectionOptions(call.query, target.body, target.namespaced);
  const found = await storage.list(call, listOptionsOf(options));
  await sendList(call, target, form, found, {
    now: server.runtime.clock.now(),
    gzipBytes: server.limits.gzipBytes,
  });
};
