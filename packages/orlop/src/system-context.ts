import { systemAdmin } from '@orlop/apiserver';
import type { RequestContext } from '@orlop/rest';

/** The context of what the server does by itself, for one resource of the core group. */
export function systemContext(resource: string, name: string): RequestContext {
  return {
    request: {
      isResourceRequest: true,
      path: `/api/v1/${resource}`,
      verb: 'create',
      apiGroup: '',
      apiVersion: 'v1',
      namespace: '',
      resource,
      subresource: '',
      name,
    },
    user: systemAdmin,
    signal: new AbortController().signal,
    warn() {},
  };
}
