import type { KubernetesObject } from '@orlop/apimachinery';
import type { UpdatedObjectInfo, UpdateOptions, Updater } from '@orlop/rest';
import { sendObject } from '../answer/send-object.ts';
import { dedupeOwnerReferences } from '../body/owner-references.ts';
import type { Call } from '../http/call.ts';
import type { Representation } from '../negotiation/output.ts';
import type { Target } from '../resources.ts';
import { admissionOf } from './admit.ts';
import type { Handling } from './handling.ts';
import { versioned } from './prepare-object.ts';
import { retryUnowned } from './retry-unowned.ts';

/** A PUT or PATCH whose body has been understood. */
export interface UpdateToWrite {
  readonly server: Handling;
  readonly call: Call;
  readonly target: Target;
  readonly storage: Updater;
  readonly name: string;
  readonly form: Representation;
  readonly options: UpdateOptions;
  readonly preconditions: UpdatedObjectInfo['preconditions'];
  /** Server-side apply: creates what is missing, and does not give its ownership up for room in the store. */
  readonly applying: boolean;
  /** The new object with its owners, from the live one in the version of the path. Runs again after each lost race. */
  change(live: KubernetesObject | undefined): Promise<KubernetesObject> | KubernetesObject;
}

/** Admits the new object, writes it and answers with what was written: the half that PUT and PATCH share. */
export async function writeUpdate(update: UpdateToWrite): Promise<void> {
  const { server, call, target, storage, name, form, options, preconditions, applying, change } = update;
  const admission = admissionOf(server.admission, { call, target, name, dryRun: options.dryRun });
  const write = (owned: boolean) => {
    const info: UpdatedObjectInfo = {
      preconditions,
      async updatedObject(_context, old) {
        const live = old && versioned(target, old);
        const object = await change(live);
        if (!owned) delete object.metadata.managedFields;
        await admission.admit(old === undefined ? 'CREATE' : 'UPDATE', object, live);
        dedupeOwnerReferences(object.metadata, true, (text) => call.warn(text));
        return object;
      },
    };
    const [creating, updating] = [admission.validating('CREATE'), admission.validating('UPDATE')];
    return storage.update(call, name, info, creating, updating, applying, options);
  };
  const { object, created } = await (applying ? write(true) : retryUnowned(write));
  sendObject(call, target, form, created ? 201 : 200, object, server.runtime.clock.now());
}
