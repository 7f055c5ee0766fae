import { genericServerResponse } from '@orlop/apimachinery';
import type { Binding, Pod } from '@orlop/kubernetes-schema/core/v1';
import type { Creater, ResourceEnvironment, ResourceStore } from '@orlop/rest';
import { bindingStorage } from '../pod/binding.ts';

/** POST on `bindings`: what POST on `pods/binding` does, for the pod that the binding is named after. */
export function bindingsStorage(environment: ResourceEnvironment): Creater<Binding> {
  return {
    kind: { group: '', version: 'v1', kind: 'Binding' },
    async create(context, binding, validate, options) {
      const pods = await environment.store?.({ group: '', resource: 'pods' });
      // A server without pods has nothing to bind.
      if (pods === undefined) throw genericServerResponse(404);
      const { createNamed } = bindingStorage(pods as unknown as ResourceStore<Pod>, environment);
      return createNamed(context, binding.metadata.name ?? '', binding, validate, options);
    },
  };
}
