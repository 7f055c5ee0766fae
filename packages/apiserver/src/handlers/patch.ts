import { decodeUtf8, type KubernetesObject, unsupportedMediaType } from '@orlop/apimachinery';
import { isPatcher, type Patcher, type PatchOptions } from '@orlop/rest';
import { objectForm } from '../answer/send-object.ts';
import { applyConfiguration, type Configuration, readConfiguration } from '../body/apply-configuration.ts';
import { withAllKinds } from '../body/decode-object.ts';
import { applyPatch, type PatchText, patchText } from '../body/patch-object.ts';
import { readBody } from '../body/read-body.ts';
import type { Call } from '../http/call.ts';
import { type PatchType, patchContentTypes, patchTypeOf } from '../negotiation/input.ts';
import { readPatchOptions } from '../options/write-options.ts';
import type { Target } from '../resources.ts';
import type { Handler, Handling } from './handling.ts';
import { settleMetadata, trackFields } from './prepare-object.ts';
import { capable, checkName, missing, nameOf } from './scope.ts';
import { type UpdateToWrite, writeUpdate } from './write-update.ts';

/** PATCH of one object: applied to the live object again after each lost race. */
export const patch: Handler = async (server, call, target) => {
  const storage = capable<Patcher>(target, isPatcher);
  const name = nameOf(call, target);
  const patchType = patchTypeOf(call.incoming.header('content-type'));
  const form = objectForm(call);
  const bytes = await readBody(call, server.limits.bodyBytes);
  const applying = patchType === 'apply';
  const options = readPatchOptions(call.query, call.incoming.header('user-agent'), applying);
  const change = changeOf({ server, call, target, name, options, text: () => decodeUtf8(bytes) }, patchType);
  const preconditions = undefined;
  await writeUpdate({ server, call, target, storage, name, form, options, preconditions, applying, change });
};

interface Patching {
  readonly server: Handling;
  readonly call: Call;
  readonly target: Target;
  readonly name: string;
  readonly options: PatchOptions;
  readonly text: () => string;
}

/** Makes the new object from what is stored, if anything is. */
type Change = UpdateToWrite['change'];

function changeOf(patching: Patching, type: PatchType): Change {
  return type === 'apply' ? applying(patching) : patched(patching, type);
}

function patched(patching: Patching, type: Exclude<PatchType, 'apply'>): Change {
  const { server, call, target, name, options, text } = patching;
  const warn = (problem: string): void => call.warn(problem);
  const reading = { target, resources: server.resources, validation: options.fieldValidation, warn };
  let sent: PatchText | undefined;
  return async (live) => {
    // A missing object is told before anything about the patch.
    if (live === undefined) throw missing(target, name);
    sent ??= patchText(type, text(), options.fieldValidation === 'Ignore');
    const change = sent;
    const object = await withAllKinds(server.resources, () => applyPatch(reading, change, live));
    target.complete(object);
    settle(patching, object);
    return trackFields(server, target, live, object, options.fieldManager);
  };
}

/** Server-side apply. Creates what is missing, as far as the storage lets it. */
function applying(patching: Patching): Change {
  const { server, call, target, name, options, text } = patching;
  const fields = server.fieldManagers.of(target);
  if (fields === undefined) {
    throw unsupportedMediaType(patchContentTypes.filter((type) => type !== 'application/apply-patch+yaml'));
  }
  const warn = (problem: string): void => call.warn(problem);
  let sent: Configuration | undefined;
  return (live) => {
    sent ??= readConfiguration(text());
    const request = { fields, target, name, options, warn };
    const object = applyConfiguration(request, sent, live);
    settle(patching, object);
    return object;
  };
}

function settle({ call, target, name }: Patching, object: KubernetesObject): void {
  settleMetadata(call, target, object);
  checkName(object, name);
}
