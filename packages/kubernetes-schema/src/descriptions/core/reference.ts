import type { Descriptions } from '../descriptions.ts';
import { objectFields } from '../recurring-texts.ts';

/** Objects that name others. */
export const referenceDescriptions: Descriptions = {
  Binding: {
    '': 'Assigns a pod to a node. Schedulers post it to the binding subresource of the pod.',
    ...objectFields,
    target: 'The node that is to run the pod.',
  },
  LocalObjectReference: {
    '': 'Names an object in the same namespace. Its kind follows from the place.',
    name: 'Name of the object.',
  },
  ObjectReference: {
    '': 'Names any object, or a part of it. Which fields are needed depends on the place.',
    kind: 'Kind of the object.',
    namespace: 'Namespace of the object.',
    name: 'Name of the object.',
    uid: 'The uid of the object.',
    apiVersion: 'Group and version of the object.',
    resourceVersion: 'The resourceVersion of the object that is meant, if a certain one is.',
    fieldPath: 'Path of the part that is meant, such as spec.containers{web}. Empty for the whole object.',
  },
  TypedLocalObjectReference: {
    '': 'Names an object of a given kind in the same namespace.',
    apiGroup: 'Group of the object; empty for the core group.',
    kind: 'Kind of the object.',
    name: 'Name of the object.',
  },
  TypedObjectReference: {
    '': 'Names an object of a given kind, possibly in another namespace.',
    apiGroup: 'Group of the object; empty for the core group.',
    kind: 'Kind of the object.',
    name: 'Name of the object.',
    namespace: 'Namespace of the object, if it is another one. A ReferenceGrant there must allow it. Alpha.',
  },
};
