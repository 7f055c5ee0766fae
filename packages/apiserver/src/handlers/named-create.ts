import { isNamedCreater, type NamedCreater, wipeSystemFields } from '@orlop/rest';
import { objectForm, sendResult } from '../answer/send-object.ts';
import { decodeObject, withAllKinds } from '../body/decode-object.ts';
import { readBody } from '../body/read-body.ts';
import { bodyFormat, bodyReader } from '../negotiation/input.ts';
import { readCreateOptions } from '../options/write-options.ts';
import { admissionOf } from './admit.ts';
import type { Handler } from './handling.ts';
import { settleMetadata } from './prepare-object.ts';
import { capable, nameOf } from './scope.ts';

/** POST on a subresource of one object. What it makes is an act, not an object that has owners. */
export const createNamed: Handler = async (server, call, target) => {
  const storage = capable<NamedCreater>(target, isNamedCreater);
  const name = nameOf(call, target);
  const form = objectForm(call);
  const format = bodyFormat(call.incoming.header('content-type'), server.serializers, target.type);
  const bytes = await readBody(call, server.limits.bodyBytes);
  const reader = await bodyReader(format, target.type);
  const options = readCreateOptions(call.query, call.incoming.header('user-agent'));
  const reading = {
    target,
    resources: server.resources,
    validation: options.fieldValidation,
    warn: (text: string) => call.warn(text),
  };
  const object = await withAllKinds(server.resources, () => decodeObject(reading, bytes, reader));
  target.complete(object);
  if (storage.keepsSystemFields !== true) wipeSystemFields(object.metadata);
  settleMetadata(call, target, object);
  const admission = admissionOf(server.admission, { call, target, name, dryRun: options.dryRun });
  await admission.admit('CREATE', object);
  const result = await storage.createNamed(call, name, object, admission.validating('CREATE'), options);
  sendResult(call, target, form, 201, result, server.runtime.clock.now());
};
