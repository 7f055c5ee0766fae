import type { Descriptions } from '../descriptions.ts';
import { conditionOf, typeFields } from '../recurring-texts.ts';
import { discoveryDescriptions } from './discovery.ts';
import { optionsDescriptions } from './options.ts';

/** k8s.io/apimachinery/pkg/apis/meta/v1. */
export const metaV1Descriptions: Descriptions = {
  ...discoveryDescriptions,
  ...optionsDescriptions,
  Condition: {
    ...conditionOf(
      'resource',
      'A type occurs once in a list of conditions; it may have a prefix, such as example.com/Ready.',
    ),
    observedGeneration:
      'The metadata.generation of the object when the condition was set. A lower number than the current one means that it is out of date.',
  },
  Duration: { '': 'A length of time as decimal numbers with units, such as 300ms, 1.5h or 2h45m.' },
  FieldsV1: {
    '': 'A set of fields as a tree: a key f:name is a field, k:{…} a list item by its keys, v:… an item by its value, i:n one by position; a dot stands for the node itself.',
  },
  LabelSelector: {
    '': 'A query over labels; an object matches when all of its terms do. An empty selector matches everything, an absent one nothing.',
    matchLabels: 'Labels that an object must have with exactly these values.',
    matchExpressions: 'Further terms, all of which must hold.',
  },
  LabelSelectorRequirement: {
    '': 'One term of a label selector: a key, an operator and values.',
    key: 'Key of the label that the term looks at.',
    operator: 'How the label relates to the values. One of In, NotIn, Exists or DoesNotExist.',
    values: 'Values to compare with. At least one for In and NotIn, none for Exists and DoesNotExist.',
  },
  ListMeta: {
    '': 'Metadata of a list or of another answer that is not an object of its own.',
    selfLink: 'No longer filled in. Formerly the address of the list.',
    resourceVersion:
      'Revision of the store that the list shows. A watch may start from it. To clients it is opaque text.',
    continue:
      'Token that gets the next page when sent back with the same query; empty on the last page. It expires after a few minutes.',
    remainingItemCount:
      'How many objects follow after this page. Absent when the server cannot tell, as for requests with selectors.',
    shardInfo: 'Present when the request asked for a shard of the objects: which shard this is.',
  },
  ManagedFieldsEntry: {
    '': 'The fields of an object that one manager has set through one version and one kind of operation.',
    manager: 'Name of the program or person that manages the fields.',
    operation: 'How the fields were set. Either Apply (server-side apply) or Update (every other write).',
    apiVersion:
      'Version of the resource in which the fields are written. It differs from the version of the object when that was asked for in another one.',
    time: 'When the manager last changed the set of fields or one of their values.',
    fieldsType: 'Format of the set of fields. Always FieldsV1.',
    fieldsV1: 'The set of fields, as a tree.',
    subresource:
      'Subresource through which the fields were written, such as status or scale; empty for the object itself.',
  },
  MicroTime: { '': 'A point in time as RFC 3339 text with six decimal places, such as 2026-01-02T15:04:05.000000Z.' },
  ObjectMeta: {
    '': 'Metadata that every stored object has: what it is called, how it is labelled, and what the server keeps about it.',
    name: 'Name of the object, unique among objects of its resource in the namespace. It cannot be changed.',
    generateName:
      'Prefix from which the server makes a name when none is given: it appends five random characters. The result is in name.',
    namespace: 'Namespace in which the object lives; empty for resources of the whole cluster. It cannot be changed.',
    selfLink: 'No longer filled in. Formerly the address of the object.',
    uid: 'Identifier that the server gives at creation. It tells an object from earlier and later ones of the same name.',
    resourceVersion:
      'Revision of the store at which the object was last written. Sent with an update, it makes the update fail if the object has changed since. To clients it is opaque text.',
    generation: 'Number that the server raises by one whenever the desired state of the object changes.',
    creationTimestamp: 'When the server created the object, in UTC. Set by the server.',
    deletionTimestamp:
      'When the object is to be gone, set once its deletion was asked for. The object stays until its finalizers are removed and its grace period is over.',
    deletionGracePeriodSeconds:
      'Seconds that the object gets to end in good order before it is removed. Set together with deletionTimestamp.',
    labels: 'Keys and values by which objects are organised and selected.',
    annotations:
      'Keys and values that tools and people keep with the object. They cannot be selected by, and may be 256 KiB in all.',
    ownerReferences:
      'Objects that this one depends on. When all of them are gone, garbage collection deletes this one. At most one may be its controller.',
    finalizers:
      'Names of the parties that must clean up before the object is removed. Each removes its own name when it is done; while any is left, a deletion only marks the object.',
    managedFields:
      'Who set which fields, through which version. Kept by the server for server-side apply; rarely written by clients.',
  },
  OwnerReference: {
    '': 'Names an object that owns this one. The owner is in the same namespace or has none.',
    apiVersion: 'Group and version of the owner.',
    kind: 'Kind of the owner.',
    name: 'Name of the owner.',
    uid: 'The uid of the owner, so that a later object of the same name does not count as the owner.',
    controller: 'Whether the owner is the controller that manages this object.',
    blockOwnerDeletion:
      'Whether a foreground deletion of the owner waits until this object is gone. To set it, one must be allowed to delete the owner. The default is false.',
  },
  Patch: {
    '': 'A change to an object, in the form that the Content-Type of the request says.',
  },
  ShardInfo: {
    '': 'Which shard of the objects a list holds.',
    selector:
      'The shard selector of the request, given back so that a client can put answers of several shards together.',
  },
  Status: {
    '': 'Answer of a call that returns no object: most often, what went wrong.',
    ...typeFields,
    metadata: 'Metadata of the answer; usually empty.',
    status: 'Outcome of the call: Success or Failure.',
    message: 'The outcome in words, for people.',
    reason:
      'One word that tells programs why the call failed, such as NotFound, Conflict or Invalid. Each belongs to one HTTP code, though not the other way round.',
    details: 'What the outcome is about. Its fields depend on the reason.',
    code: 'HTTP code of the answer; 0 when there is none.',
  },
  StatusCause: {
    '': 'One of several causes of a failure.',
    reason: 'One word that tells programs what is wrong, such as FieldValueRequired or FieldValueInvalid.',
    message: 'What is wrong, for people.',
    field: 'Path of the field at fault in JSON notation, such as spec.ports[0].name.',
  },
  StatusDetails: {
    '': 'What an answer of the server is about, and what a client may do next.',
    name: 'Name of the object in question.',
    group: 'API group of the object in question.',
    kind: 'Kind or resource of the object in question.',
    uid: 'The uid of the object in question, if it is one object.',
    causes: 'The single causes of the failure, such as one for each invalid field.',
    retryAfterSeconds: 'Seconds after which the call may be tried again.',
  },
  Time: { '': 'A point in time as RFC 3339 text in whole seconds, such as 2026-01-02T15:04:05Z.' },
  TypeMeta: {
    '': 'Says of which kind and version an object is.',
    ...typeFields,
  },
  WatchEvent: {
    '': 'One message of a watch.',
    type: 'What happened: ADDED, MODIFIED, DELETED, BOOKMARK or ERROR.',
    object:
      'The object after the change, or as it last was when it is deleted. A bookmark has only its resourceVersion; an error is a Status.',
  },
};
