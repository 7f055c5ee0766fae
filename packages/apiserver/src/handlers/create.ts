import { type Creater, isCreater, wipeSystemFields } from '@orlop/rest';
import { objectForm, sendResult } from '../answer/send-object.ts';
import { decodeObject, withAllKinds } from '../body/decode-object.ts';
import { dedupeOwnerReferences } from '../body/owner-references.ts';
import { readBody } from '../body/read-body.ts';
import { bodyFormat, bodyReader } from '../negotiation/input.ts';
import { readCreateOptions } from '../options/write-options.ts';
import { admissionOf } from './admit.ts';
import type { Handler } from './handling.ts';
import { settleMetadata, trackFields } from './prepare-object.ts';
import { retryUnowned } from './retry-unowned.ts';
import { capable, checkNamespace } from './scope.ts';

/** POST on a collection. */
export const create: Handler = async (server, call, target) => {
  const storage = capable<Creater>(target, isCreater);
  checkNamespace(call, target);
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
  const decoded = await withAllKinds(server.resources, () => decodeObject(reading, bytes, reader));
  target.complete(decoded);
  wipeSystemFields(decoded.metadata);
  settleMetadata(call, target, decoded);
  const object = trackFields(server, target, undefined, decoded, options.fieldManager);
  const admission = admissionOf(server.admission, { call, target, name: '', dryRun: options.dryRun });
  await admission.admit('CREATE', object);
  dedupeOwnerReferences(object.metadata, true, (text) => call.warn(text));
  const result = await retryUnowned((owned) => {
    if (!owned) delete object.metadata.managedFields;
    return storage.create(call, object, admission.validating('CREATE'), options);
  });
  sendResult(call, target, form, 201, result, server.runtime.clock.now());
};
