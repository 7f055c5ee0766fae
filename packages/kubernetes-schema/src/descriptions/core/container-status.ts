import type { Descriptions } from '../descriptions.ts';

export const containerStatusDescriptions: Descriptions = {
  ContainerState: {
    '': 'State of a container: exactly one of waiting, running and terminated. Waiting is meant when none is given.',
    waiting: 'The container has not started: why.',
    running: 'The container runs: since when.',
    terminated: 'The container has ended: how.',
  },
  ContainerStateRunning: {
    '': 'A container that runs.',
    startedAt: 'When the container was started, or started again.',
  },
  ContainerStateTerminated: {
    '': 'A container that has ended.',
    exitCode: 'Exit code of its main process.',
    signal: 'Number of the signal that ended it, if one did.',
    reason: 'One word for why it ended, such as Completed, Error or OOMKilled.',
    message: 'Last words of the container, from its termination message.',
    startedAt: 'When this run began.',
    finishedAt: 'When this run ended.',
    containerID: 'Identifier of the container, such as containerd://1f2e.',
  },
  ContainerStateWaiting: {
    '': 'A container that has not started.',
    reason: 'One word for why, such as ContainerCreating or CrashLoopBackOff.',
    message: 'Explanation for people.',
  },
  ContainerStatus: {
    '': 'State of one container of a pod.',
    name: 'Name of the container in the spec.',
    state: 'What the container does now.',
    lastState: 'How the previous run of the container ended. Empty before the first restart.',
    ready:
      'Whether the readiness probe succeeds, or the container just runs when it has none. An init container is ready once it has done its work.',
    restartCount: 'How often the container was restarted. May start anew when old containers are cleaned up.',
    image: 'The image that runs. It may be written differently than in the spec.',
    imageID: 'Identifier of the image that runs, such as its digest.',
    containerID: 'Identifier of the container, such as containerd://1f2e.',
    started: 'Whether the container has started: its startup probe and its postStart hook have succeeded.',
    allocatedResources: 'Resources that the node has set aside for the container.',
    resources: 'Requests and limits that are in force for the running container.',
    volumeMounts: 'State of its mounts.',
    user: 'User and groups that the first process started with, where the container runtime tells.',
    allocatedResourcesStatus: 'Health of the devices that the container has got.',
    stopSignal: 'Signal in force that asks the container to end.',
  },
  ContainerUser: {
    '': 'Who the first process of a container runs as.',
    linux: 'User and groups on Linux.',
  },
  ImageVolumeStatus: {
    '': 'State of a volume that is an image.',
    imageRef: 'Digest of the image that is mounted.',
  },
  LinuxContainerUser: {
    '': 'User and groups with which the first process of a container started. It may change them later if it has the right to.',
    uid: 'User id.',
    gid: 'Main group id.',
    supplementalGroups: 'Further group ids.',
  },
  VolumeMountStatus: {
    '': 'State of a mount.',
    name: 'Name of the mount in the spec.',
    mountPath: 'Path of the mount in the spec.',
    readOnly: 'Whether it is mounted read-only.',
    recursiveReadOnly: 'Whether mounts below are read-only too: Disabled or Enabled. Absent for writable mounts.',
    volumeStatus: 'What is known about some kinds of volumes.',
  },
  VolumeStatus: {
    '': 'What is known about the volume of a mount.',
    image: 'State of a volume that is an image.',
  },
};
