import type { KubernetesObject, Stored } from '@orlop/apimachinery';
import { isUpdater, type UpdatedObjectInfo, type Updater } from '@orlop/rest';
import { objectForm, sendObject } from '../answer/send-object.ts';
import { decodeObject, withAllKinds } from '../body/decode-object.ts';
import { dedupeOwnerReferences } from '../body/owner-references.ts';
import { readBody } from '../body/read-body.ts';
import { bodyFormat, bodyReader } from '../negotiation/input.ts';
import { readUpdateOptions } from '../options/write-options.ts';
import { admissionOf } from './admit.ts';
import type { Handler } from './handling.ts';
import { settleMetadata, trackFields, versioned } from './prepare-object.ts';
import { retryUnowned } from './retry-unowned.ts';
import { capable, checkName, nameOf, writtenName } from './scope.ts';

/** PUT of one object. */
export const update: Handler = async (server, call, target) => {
  const storage = capable<Updater>(target, isUpdater);
  const name = writtenName(call, target);
  const form = objectForm(call);
  const format = bodyFormat(call.incoming.header('content-type'), server.serializers, target.type);
  const bytes = await readBody(call, server.limits.bodyBytes);
  const reader = await bodyReader(format, target.type);
  const options = readUpdateOptions(call.query, call.incoming.header('user-agent'));
  const reading = {
    target,
    resources: server.resources,
    validation: options.fieldValidation,
    warn: (text: string) => call.warn(text),
  };
  const read = (): KubernetesObject => {
    const object = decodeObject(reading, bytes, reader);
    target.complete(object);
    settleMetadata(call, target, object);
    checkName(object, name);
    return object;
  };
  // The storage may change what it gets: each attempt after the first reads the body again, which costs less than a
  // copy for every request.
  let ready: KubernetesObject | undefined = await withAllKinds(server.resources, read);
  nameOf(call, target);
  const { uid } = ready.metadata;
  const admission = admissionOf(server.admission, { call, target, name, dryRun: options.dryRun });
  const info = (owned: boolean): UpdatedObjectInfo => ({
    preconditions: uid === undefined || uid === '' ? undefined : { uid },
    async updatedObject(_context, old: Stored | undefined) {
      let object = ready ?? read();
      ready = undefined;
      const live = old && versioned(target, old);
      if (owned) object = trackFields(server, target, live, object, options.fieldManager);
      else delete object.metadata.managedFields;
      await admission.admit(old === undefined ? 'CREATE' : 'UPDATE', object, live);
      dedupeOwnerReferences(object.metadata, true, (text) => call.warn(text));
      return object;
    },
  });
  const { object, created } = await retryUnowned((owned) =>
    storage.update(
      call,
      name,
      info(owned),
      admission.validating('CREATE'),
      admission.validating('UPDATE'),
      false,
      options,
    ),
  );
  sendObject(call, target, form, created ? 201 : 200, object, server.runtime.clock.now());
};
