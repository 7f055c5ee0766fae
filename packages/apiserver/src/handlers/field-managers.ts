import type { FieldManager } from '@orlop/rest';
import type { Target } from '../resources.ts';
import type { ApiServerOptions } from '../server-options.ts';

/** The field managers of a server, each made when the first write needs it. */
export class FieldManagers {
  readonly #make: ApiServerOptions['fieldManager'];
  readonly #made = new WeakMap<Target, FieldManager>();

  constructor(make: ApiServerOptions['fieldManager']) {
    this.#make = make;
  }

  /** Undefined on a server where nobody owns anything. */
  of(target: Target): FieldManager | undefined {
    if (this.#make === undefined) return undefined;
    let manager = this.#made.get(target);
    if (manager === undefined) {
      const { kind, type, subresource, storage, complete } = target;
      manager = this.#make({ kind, type, subresource, resetFields: storage?.resetFields, complete });
      this.#made.set(target, manager);
    }
    return manager;
  }
}
