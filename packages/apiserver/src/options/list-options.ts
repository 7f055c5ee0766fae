import {
  badRequest,
  everythingFields,
  everythingLabels,
  type FieldErrorList,
  type FieldSelector,
  fieldError,
  fieldPath,
  invalid,
  type LabelSelector,
  parseFieldSelector,
  parseLabelSelector,
  unknownFieldLabelText,
} from '@orlop/apimachinery';
import type { ListOptions, ResourceBody, WatchOptions } from '@orlop/rest';
import type { Query } from '../request/query.ts';

/** Everything that the query of a collection may say. */
export interface CollectionOptions {
  readonly labelSelector: LabelSelector;
  readonly fieldSelector: FieldSelector;
  readonly watch: boolean;
  readonly allowWatchBookmarks: boolean;
  readonly resourceVersion: string;
  readonly resourceVersionMatch: string;
  readonly timeoutSeconds: number | undefined;
  readonly limit: number;
  readonly continue: string;
  readonly sendInitialEvents: boolean | undefined;
}

/** The fields of a kind that selectors may name. */
type Selectable = Pick<ResourceBody, 'selectableFields' | 'unknownFieldLabel'>;

/**
 * Reads the options of list, watch and deletecollection in the order in which faults are told: numbers, selectors,
 * combinations (422), names of fields.
 */
export function readCollectionOptions(query: Query, body: Selectable, namespaced: boolean): CollectionOptions {
  const timeoutSeconds = query.integer('timeoutSeconds');
  const limit = query.integer('limit') ?? 0;
  const label = query.text('labelSelector');
  const field = query.text('fieldSelector');
  const read: CollectionOptions = withDefaults({
    labelSelector: label === '' ? everythingLabels : parsed(label, parseLabelSelector),
    fieldSelector: field === '' ? everythingFields : parsed(field, parseFieldSelector),
    watch: query.flag('watch'),
    allowWatchBookmarks: query.flag('allowWatchBookmarks'),
    resourceVersion: query.text('resourceVersion'),
    resourceVersionMatch: query.text('resourceVersionMatch'),
    timeoutSeconds,
    limit,
    continue: query.text('continue'),
    sendInitialEvents: query.optionalFlag('sendInitialEvents'),
  });
  const faults = read.watch ? watchFaults(read) : listFaults(read);
  if (faults.length > 0) throw invalid({ group: 'meta.k8s.io', kind: 'ListOptions' }, '', faults);
  checkFieldNames(read.fieldSelector, body, namespaced);
  return read;
}

export function listOptionsOf(options: CollectionOptions): ListOptions {
  const { labelSelector, fieldSelector, resourceVersion, resourceVersionMatch, limit } = options;
  return { labelSelector, fieldSelector, resourceVersion, resourceVersionMatch, limit, continue: options.continue };
}

export function watchOptionsOf(options: CollectionOptions): WatchOptions {
  const {
    labelSelector,
    fieldSelector,
    resourceVersion,
    resourceVersionMatch,
    allowWatchBookmarks,
    sendInitialEvents,
  } = options;
  return {
    labelSelector,
    fieldSelector,
    resourceVersion,
    resourceVersionMatch,
    allowWatchBookmarks,
    sendInitialEvents,
  };
}

/**
 * The same options for one object, as the old `/watch/…/NAME` paths ask.
 * @throws BadRequest for a field selector that does not ask for this object
 */
export function onlyNamed(options: CollectionOptions, name: string): CollectionOptions {
  const { fieldSelector } = options;
  if (fieldSelector.empty) {
    return { ...options, fieldSelector: parseFieldSelector(`metadata.name=${escapeFieldText(name)}`) };
  }
  if (fieldSelector.requiresExactMatch('metadata.name') === name) return options;
  throw badRequest("fieldSelector metadata.name doesn't match requested name");
}

const escapeFieldText = (text: string): string => text.replace(/[\\,=]/g, '\\$&');

/** A watch that starts with everything is one with initial events, even when it does not say so. */
function withDefaults(options: CollectionOptions): CollectionOptions {
  const { watch, sendInitialEvents, resourceVersionMatch: match, resourceVersion: version } = options;
  if (!watch || sendInitialEvents !== undefined || match !== '' || (version !== '' && version !== '0')) return options;
  return { ...options, sendInitialEvents: true, resourceVersionMatch: 'NotOlderThan' };
}

const matchPath = fieldPath('resourceVersionMatch');
const withContinue = 'resourceVersionMatch is forbidden when continue is provided';

function listFaults(options: CollectionOptions): FieldErrorList {
  const faults: FieldErrorList = [];
  const { resourceVersionMatch: match, resourceVersion: version } = options;
  if (match !== '') {
    if (version === '') {
      faults.push(
        fieldError.forbidden(matchPath, 'resourceVersionMatch is forbidden unless resourceVersion is provided'),
      );
    }
    if (options.continue !== '') faults.push(fieldError.forbidden(matchPath, withContinue));
    if (match !== 'Exact' && match !== 'NotOlderThan') {
      faults.push(fieldError.notSupported(matchPath, match, ['Exact', 'NotOlderThan', '']));
    }
    if (match === 'Exact' && version === '0') {
      faults.push(fieldError.forbidden(matchPath, 'resourceVersionMatch "exact" is forbidden for resourceVersion "0"'));
    }
  }
  if (options.sendInitialEvents !== undefined) {
    faults.push(fieldError.forbidden(fieldPath('sendInitialEvents'), 'sendInitialEvents is forbidden for list'));
  }
  return faults;
}

function watchFaults(options: CollectionOptions): FieldErrorList {
  const faults: FieldErrorList = [];
  const { resourceVersionMatch: match, sendInitialEvents } = options;
  if (sendInitialEvents !== undefined && match !== 'NotOlderThan') {
    faults.push(
      fieldError.forbidden(matchPath, 'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan'),
    );
  }
  if (match !== '') {
    if (sendInitialEvents === undefined) {
      faults.push(
        fieldError.forbidden(
          matchPath,
          'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
        ),
      );
    }
    if (match !== 'NotOlderThan') faults.push(fieldError.notSupported(matchPath, match, ['NotOlderThan']));
    if (options.continue !== '') faults.push(fieldError.forbidden(matchPath, withContinue));
  }
  return faults;
}

/** @throws BadRequest naming the first label that the resource does not have */
function checkFieldNames(selector: FieldSelector, body: Selectable, namespaced: boolean): void {
  // Cluster-scoped kinds that list their fields do not list the namespace; without a list everybody has both.
  const byNamespace = namespaced || body.selectableFields === undefined;
  for (const { field } of selector.requirements) {
    if (field === 'metadata.name' || (field === 'metadata.namespace' && byNamespace)) continue;
    if (body.selectableFields !== undefined && Object.hasOwn(body.selectableFields, field)) continue;
    throw badRequest((body.unknownFieldLabel ?? unknownFieldLabelText)(field));
  }
}

function parsed<T>(text: string, parse: (text: string) => T): T {
  try {
    return parse(text);
  } catch (error) {
    throw badRequest((error as Error).message);
  }
}
