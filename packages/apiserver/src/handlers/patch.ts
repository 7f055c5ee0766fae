import { decodeUtf8, type KubernetesObject, type Stored, unsupportedMediaType } from '@orlop/apimachinery';
import { isPatcher, type Patcher, type UpdatedObjectInfo } from '@orlop/rest';
import { documentText } from '../answer/represent.ts';
import { objectForm, sendObject } from '../answer/send-object.ts';
import { withAllKinds } from '../body/decode-object.ts';
import { dedupeOwnerReferences } from '../body/owner-references.ts';
import { applyPatch, type PatchText, patchText } from '../body/patch-object.ts';
import { readBody } from '../body/read-body.ts';
import { patchContentTypes, patchTypeOf } from '../negotiation/input.ts';
import { readPatchOptions } from '../options/write-options.ts';
import type { Target } from '../resources.ts';
import { admissionOf } from './admit.ts';
import type { Handler } from './handling.ts';
import { settleMetadata, trackFields } from './prepare-object.ts';
import { capable, checkName, missing, nameOf } from './scope.ts';

/** PATCH of one object: applied to the live object again after each lost race. */
export const patch: Handler = async (server, call, target) => {
  const storage = capable<Patcher>(target, isPatcher);
  const name = nameOf(call, target);
  const patchType = patchTypeOf(call.incoming.header('content-type'));
  const form = objectForm(call);
  const bytes = await readBody(call, server.limits.bodyBytes);
  const options = readPatchOptions(call.query, call.incoming.header('user-agent'), patchType === 'apply');
  if (patchType === 'apply') {
    // Ownership of fields is not built yet, and an apply without it would be a lie.
    throw unsupportedMediaType(patchContentTypes.filter((type) => type !== 'application/apply-patch+yaml'));
  }
  const admission = admissionOf(server.admission, { call, target, name, dryRun: options.dryRun });
  const warn = (text: string): void => call.warn(text);
  let sent: PatchText | undefined;
  const info: UpdatedObjectInfo = {
    preconditions: undefined,
    async updatedObject(_context, old) {
      // A missing object is told before anything about the patch.
      if (old === undefined) throw missing(target, name);
      sent ??= patchText(patchType, decodeUtf8(bytes), options.fieldValidation === 'Ignore');
      const change = sent;
      const live = versioned(target, old);
      const reading = { target, resources: server.resources, validation: options.fieldValidation, warn };
      const patched = await withAllKinds(server.resources, () => applyPatch(reading, change, live));
      target.complete(patched);
      settleMetadata(call, target, patched);
      checkName(patched, name);
      const object = trackFields(server, target, live, patched, options.fieldManager);
      await admission.admit('UPDATE', object, live);
      dedupeOwnerReferences(object.metadata, true, warn);
      return object;
    },
  };
  const { object, created } = await storage.update(
    call,
    name,
    info,
    admission.validating('CREATE'),
    admission.validating('UPDATE'),
    false,
    options,
  );
  sendObject(call, target, form, created ? 201 : 200, object, server.runtime.clock.now());
};

/** The live object in the version of the path. */
function versioned(target: Target, old: Stored): KubernetesObject {
  if (old.object.apiVersion === target.apiVersion) return old.object;
  return JSON.parse(documentText(target, old)) as KubernetesObject;
}
