import { type Getter, isGetter } from '@orlop/rest';
import { objectForm, sendObject } from '../answer/send-object.ts';
import { readGetOptions } from '../options/get-options.ts';
import type { Handler } from './handling.ts';
import { capable, nameOf } from './scope.ts';

/** GET of one object. */
export const get: Handler = async (server, call, target) => {
  const storage = capable<Getter>(target, isGetter);
  const name = nameOf(call, target);
  const form = objectForm(call);
  const stored = await storage.get(call, name, readGetOptions(call.query));
  sendObject(call, target, form, 200, stored, server.runtime.clock.now());
};
