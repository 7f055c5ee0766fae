import type { Descriptions } from '../descriptions.ts';
import { conditionOf, objectFields } from '../recurring-texts.ts';

/** PersistentVolumeClaims, as claim templates have them. */
export const claimDescriptions: Descriptions = {
  ModifyVolumeStatus: {
    '': 'How far a change of the attributes of a volume has come.',
    targetVolumeAttributesClassName: 'Name of the VolumeAttributesClass that the volume is to get.',
    status:
      'Pending waits for something missing, such as the class; InProgress is being done; Infeasible was refused by the driver as invalid.',
  },
  PersistentVolumeClaim: {
    '': 'A request for storage that a user makes and a volume fulfils.',
    ...objectFields,
    spec: 'What kind of volume is wanted.',
    status: 'Which volume was found, and its size. Read-only.',
  },
  PersistentVolumeClaimCondition: {
    ...conditionOf('PersistentVolumeClaim', 'For example Resizing, FileSystemResizePending or ModifyingVolume.'),
    lastProbeTime: 'When the condition was last checked.',
  },
  PersistentVolumeClaimSpec: {
    '': 'What kind of volume a claim asks for.',
    accessModes:
      'How the volume must be mountable: ReadWriteOnce by one node, ReadOnlyMany or ReadWriteMany by many, ReadWriteOncePod by one pod.',
    selector: 'Labels that a volume must have to be considered.',
    resources:
      'Least capacity, as requests of storage. It may grow later; less is only allowed while a larger request has not been fulfilled.',
    volumeName: 'Name of the PersistentVolume that is bound to the claim.',
    storageClassName:
      'StorageClass that makes the volume. Absent, the default class applies; empty, only volumes without a class are bound.',
    volumeMode:
      'Filesystem mounts the volume as a directory, Block offers it as a raw device. The default is Filesystem.',
    dataSource:
      'A VolumeSnapshot or another claim whose content the new volume starts with. The same as dataSourceRef, but without a namespace.',
    dataSourceRef:
      'An object of a kind known to a volume populator, with whose content the new volume starts. With a namespace it may be elsewhere.',
    volumeAttributesClassName:
      'VolumeAttributesClass for tunable attributes of the volume, such as its speed. Unlike the storage class it can be changed later.',
  },
  PersistentVolumeClaimStatus: {
    '': 'The observed state of a claim.',
    phase: 'Pending until a volume is bound, then Bound; Lost when that volume is gone.',
    accessModes: 'The ways in which the bound volume can be mounted.',
    capacity: 'Actual capacity of the bound volume.',
    conditions: 'The latest observations of the state. Resizing is told here.',
    allocatedResources:
      'Capacity that is set aside for the claim, which may be more than it has while it grows. Quotas count the larger of this and the request.',
    allocatedResourceStatuses:
      'How far each resize has come, by resource: ControllerResizeInProgress, ControllerResizeInfeasible, NodeResizePending, NodeResizeInProgress or NodeResizeInfeasible. Absent when none is under way.',
    currentVolumeAttributesClassName: 'The VolumeAttributesClass that the volume has now.',
    modifyVolumeStatus: 'How far a change to another VolumeAttributesClass has come. Absent when none is under way.',
  },
  PersistentVolumeClaimTemplate: {
    '': 'The claim that is made for an ephemeral volume.',
    metadata: 'Labels and annotations for the claim. Nothing else is allowed.',
    spec: 'What kind of volume is wanted; copied into the claim as it is.',
  },
  VolumeResourceRequirements: {
    '': 'How much storage a claim asks for.',
    limits: 'Most storage that the volume may have.',
    requests: 'Least storage that the volume must have. The default is limits, if given.',
  },
};
