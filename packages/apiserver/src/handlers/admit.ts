import type { KubernetesObject } from '@orlop/apimachinery';
import type { AdmissionAttributes, AdmissionOperation, AdmissionPlugin, ValidateObject } from '@orlop/rest';
import type { Call } from '../http/call.ts';
import type { Target } from '../resources.ts';

/** One write as admission plugins see it. */
export interface AdmittedWrite {
  readonly call: Call;
  readonly target: Target;
  readonly name: string;
  readonly dryRun: boolean;
}

/** The plugins of a server, bound to one write. */
export interface Admission {
  /** Mutating plugins, in order. @throws what a plugin throws to refuse */
  admit(operation: AdmissionOperation, object: KubernetesObject | undefined, old?: KubernetesObject): Promise<void>;
  /** Validating plugins, as the storage calls them with what it is about to store. */
  validating(operation: AdmissionOperation): ValidateObject<KubernetesObject>;
}

export function admissionOf(plugins: readonly AdmissionPlugin[], write: AdmittedWrite): Admission {
  if (plugins.length === 0) return noAdmission;
  const attributes = (
    operation: AdmissionOperation,
    object: KubernetesObject | undefined,
    old: KubernetesObject | undefined,
  ): AdmissionAttributes => ({
    context: write.call,
    operation,
    kind: write.target.kind,
    name: write.name !== '' ? write.name : (object?.metadata.name ?? ''),
    namespace: write.target.namespaced ? write.call.request.namespace : '',
    object,
    old,
    dryRun: write.dryRun,
  });
  return {
    async admit(operation, object, old) {
      for (const plugin of plugins) {
        if (plugin.admit !== undefined && plugin.operations.includes(operation)) {
          await plugin.admit(attributes(operation, object, old));
        }
      }
    },
    validating: (operation) => async (object, old) => {
      for (const plugin of plugins) {
        if (plugin.validate === undefined || !plugin.operations.includes(operation)) continue;
        // A deletion has no new object: what is stored is the old one.
        const deletion = operation === 'DELETE';
        await plugin.validate(attributes(operation, deletion ? undefined : object, deletion ? object : old));
      }
    },
  };
}

const nothing = (): void => {};
const noAdmission: Admission = { admit: async () => {}, validating: () => nothing };
