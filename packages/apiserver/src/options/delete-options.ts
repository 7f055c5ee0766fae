import { badRequest } from '@orlop/apimachinery';
import { type DeleteOptions, settleDeleteOptions, type WireDeleteOptions } from '@orlop/rest';
import { decodeJson } from '@orlop/schema';
import { parseTypeMeta, unknownKindText } from '../body/type-meta.ts';
import type { Query } from '../request/query.ts';
import { deleteOptionsType } from './delete-options-type.ts';

/**
 * Options of DELETE. A body, however small, replaces the query as a whole.
 * @param body JSON text, "" when there is no body
 * @throws BadRequest, Invalid (422)
 */
export function readDeleteOptions(query: Query, body: string): DeleteOptions {
  return settleDeleteOptions(body === '' ? fromQuery(query) : fromBody(body));
}

function fromQuery(query: Query): WireDeleteOptions {
  const optional = (name: string): string | undefined => (query.has(name) ? query.text(name) : undefined);
  const gracePeriodSeconds = query.integer('gracePeriodSeconds');
  const orphanDependents = query.optionalFlag('orphanDependents');
  const propagationPolicy = optional('propagationPolicy');
  const uid = query.text('uid');
  const resourceVersion = query.text('resourceVersion');
  return {
    dryRun: query.all('dryRun'),
    ...(gracePeriodSeconds !== undefined && { gracePeriodSeconds }),
    ...(propagationPolicy !== undefined && { propagationPolicy }),
    ...(orphanDependents !== undefined && { orphanDependents }),
    ...((uid !== '' || resourceVersion !== '') && {
      preconditions: { ...(uid !== '' && { uid }), ...(resourceVersion !== '' && { resourceVersion }) },
    }),
    ignoreStoreReadErrorWithClusterBreakingPotential: query.flag('ignoreStoreReadErrorWithClusterBreakingPotential'),
  };
}

const metaVersion = 'meta.k8s.io/v1';

/** Kinds that are known beside DeleteOptions, with their versions (`*`: whichever is named); to send one is a different error. */
const otherKinds: Readonly<Record<string, readonly string[]>> = {
  Status: ['*'],
  APIVersions: ['*'],
  APIGroupList: ['*'],
  APIGroup: ['*'],
  APIResourceList: ['*'],
  CreateOptions: ['*'],
  UpdateOptions: ['*'],
  PatchOptions: [metaVersion],
  GetOptions: [metaVersion],
  ListOptions: [metaVersion],
  WatchEvent: [metaVersion],
  PartialObjectMetadataList: [metaVersion],
  PartialObjectMetadata: [metaVersion, 'meta.k8s.io/v1beta1'],
  Table: [metaVersion, 'meta.k8s.io/v1beta1'],
  TableOptions: [metaVersion, 'meta.k8s.io/v1beta1'],
};

function fromBody(text: string): WireDeleteOptions {
  const { apiVersion, kind } = parseTypeMeta(text, badRequest);
  if (kind !== '' && kind !== 'DeleteOptions') {
    const version = apiVersion === '' ? metaVersion : apiVersion;
    const versions = Object.hasOwn(otherKinds, kind) ? otherKinds[kind]! : [];
    if (!versions.includes('*') && !versions.includes(version)) throw badRequest(unknownKindText(kind, version));
    throw badRequest(`converting (v1.${kind}) to (v1.DeleteOptions): unknown conversion`);
  }
  try {
    return (decodeJson(deleteOptionsType(), text).value ?? {}) as WireDeleteOptions;
  } catch (error) {
    throw badRequest((error as Error).message);
  }
}
