import { badRequest } from '@orlop/apimachinery';
import type { GetOptions } from '@orlop/rest';
import type { Query } from '../request/query.ts';

/** @throws BadRequest for the long gone `export` */
export function readGetOptions(query: Query): GetOptions {
  if (query.flag('export')) {
    throw badRequest('the export parameter, deprecated since v1.14, is no longer supported');
  }
  return { resourceVersion: query.text('resourceVersion') };
}
