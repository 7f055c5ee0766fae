import type { Descriptions, FieldTexts } from '../descriptions.ts';
import { typeFields } from '../recurring-texts.ts';

const dryRun: FieldTexts = {
  dryRun:
    'With All, the request goes through every stage and is answered as usual, but nothing is stored. No other value is allowed.',
};

const writing: FieldTexts = {
  ...typeFields,
  ...dryRun,
  fieldManager:
    'Name under which the written fields are recorded, at most 128 printable characters. The default is the beginning of the User-Agent, up to the first slash.',
  fieldValidation:
    'What happens to unknown and duplicate fields: Ignore drops them silently, Warn drops them with a warning, Strict refuses the request. The default is Warn.',
};

/** Options of requests. They come as query parameters; those of a deletion may also come as its body. */
export const optionsDescriptions: Descriptions = {
  CreateOptions: { '': 'Options of a creation.', ...writing },
  DeleteOptions: {
    '': 'Options of a deletion.',
    ...typeFields,
    ...dryRun,
    gracePeriodSeconds:
      'Seconds that the object gets to end in good order; 0 removes it at once. The default depends on the kind.',
    preconditions: 'What must be true of the object. Otherwise the request fails with 409 Conflict.',
    orphanDependents:
      'Whether dependent objects stay when their owner is deleted. Deprecated: use propagationPolicy, with which it cannot be combined.',
    propagationPolicy:
      'What becomes of dependent objects: Orphan keeps them, Background deletes them afterwards, Foreground deletes them first. The default depends on the resource and its finalizers.',
    ignoreStoreReadErrorWithClusterBreakingPotential:
      'Deletes an object that can no longer be decrypted or decoded, past its finalizers and preconditions. For emergencies; it can break what depends on the object.',
  },
  FieldSelectorRequirement: {
    '': 'One term of a field selector: a key, an operator and values.',
    key: 'Path of the field that the term looks at.',
    operator: 'How the field relates to the values. One of In, NotIn, Exists or DoesNotExist.',
    values: 'Values to compare with. At least one for In and NotIn, none for Exists and DoesNotExist.',
  },
  GetOptions: {
    '': 'Options of a read of one object.',
    ...typeFields,
    resourceVersion:
      'How recent the answer must be: empty for the latest state, 0 for any state at hand, a number for one at least as new.',
  },
  ListOptions: {
    '': 'Options of a list or a watch.',
    ...typeFields,
    labelSelector:
      'Selects objects by their labels, such as app=web,tier!=cache. Everything is selected when it is empty.',
    fieldSelector: 'Selects objects by the fields that the resource offers for it, such as metadata.name=web.',
    watch: 'Answers a stream of changes in place of a list.',
    allowWatchBookmarks: 'Lets the server send bookmarks: events that only say which revision the watch has reached.',
    resourceVersion: 'Revision to list at or to watch from. Empty means the latest state, and 0 any state at hand.',
    resourceVersionMatch:
      'How a list treats resourceVersion: Exact, or NotOlderThan. A watch with initial events needs NotOlderThan.',
    timeoutSeconds: 'Seconds after which the call ends, whether or not anything happened.',
    limit:
      'Most objects that a page may have; the answer has a continue token if there are more. The default is no limit.',
    continue: 'Token of the previous page, to get the next one of the same state.',
    sendInitialEvents:
      'Starts a watch with the objects that exist, as ADDED events, then a bookmark with the annotation k8s.io/initial-events-end. Needs resourceVersionMatch.',
    shardSelector: 'Limits the answer to the objects of one shard, by a range of hashes of a field.',
  },
  PatchOptions: {
    '': 'Options of a patch.',
    ...writing,
    force: 'Takes fields that other managers own in place of failing with a conflict. Only for server-side apply.',
  },
  Preconditions: {
    '': 'What must be true of an object before it is deleted.',
    uid: 'The uid that the object must have.',
    resourceVersion: 'The resourceVersion that the object must have.',
  },
  UpdateOptions: { '': 'Options of an update.', ...writing },
};
