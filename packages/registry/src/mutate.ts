import type { KubernetesObject, Stored } from '@orlop/apimachinery';
import { deepCopy, type RequestContext } from '@orlop/rest';
import { updateIn } from './dry-run.ts';
import { objectKey } from './keys.ts';
import { apiErrorOf } from './map-errors.ts';
import type { StoreParts } from './store-parts.ts';

/** Changes an object past every strategy, hook and validation. */
export async function mutate<T extends KubernetesObject>(
  parts: StoreParts<T>,
  context: RequestContext,
  name: string,
  change: (object: T) => void | Promise<void>,
  { dryRun }: { readonly dryRun: boolean },
): Promise<Stored<T>> {
  const key = objectKey(parts, context.request.namespace, name);
  try {
    return await updateIn(
      parts,
      key,
      async (current) => {
        const object = deepCopy(current!.object);
        await change(object);
        return { object };
      },
      {},
      dryRun,
    );
  } catch (error) {
    throw apiErrorOf(error, 'update', parts.resource, name);
  }
}
