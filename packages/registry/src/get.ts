import type { KubernetesObject, Stored } from '@orlop/apimachinery';
import type { GetOptions, RequestContext } from '@orlop/rest';
import { decorated } from './decorate.ts';
import { objectKey } from './keys.ts';
import { apiErrorOf } from './map-errors.ts';
import type { StoreParts } from './store-parts.ts';

export async function get<T extends KubernetesObject>(
  parts: StoreParts<T>,
  context: RequestContext,
  name: string,
  { resourceVersion }: GetOptions,
): Promise<Stored<T>> {
  const key = objectKey(parts, context.request.namespace, name);
  try {
    return decorated(parts, (await parts.storage.get(key, { resourceVersion }))!);
  } catch (error) {
    throw apiErrorOf(error, 'get', parts.resource, name);
  }
}
