import type { KubernetesObject } from '@orlop/apimachinery';
import { isUpdater, type Updater } from '@orlop/rest';
import { objectForm } from '../answer/send-object.ts';
import { decodeObject, withAllKinds } from '../body/decode-object.ts';
import { readBody } from '../body/read-body.ts';
import { bodyFormat, bodyReader } from '../negotiation/input.ts';
import { readUpdateOptions } from '../options/write-options.ts';
import type { Handler } from './handling.ts';
import { settleMetadata, trackFields } from './prepare-object.ts';
import { capable, checkName, nameOf, writtenName } from './scope.ts';
import { writeUpdate } from './write-update.ts';

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
  await writeUpdate({
    server,
    call,
    target,
    storage,
    name,
    form,
    options,
    preconditions: uid === undefined || uid === '' ? undefined : { uid },
    applying: false,
    change(live) {
      const object = ready ?? read();
      ready = undefined;
      return trackFields(server, target, live, object, options.fieldManager);
    },
  });
};
