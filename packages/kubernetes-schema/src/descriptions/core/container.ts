import type { Descriptions, FieldTexts } from '../descriptions.ts';

/** Fields that every sort of container has. Ephemeral containers may not use all of them. */
const shared: FieldTexts = {
  name: 'Name of the container, a DNS label, unique in the pod. It cannot be changed.',
  image:
    'Image to run, such as registry.example.com/app:1.2. May be left empty in templates that something else completes.',
  command:
    'Program and first arguments, in place of the entry point of the image. $(NAME) is replaced by a variable, $$(NAME) stays as $(NAME). No shell is involved.',
  args: 'Arguments of the program, in place of the CMD of the image. $(NAME) is replaced by a variable, $$(NAME) stays as $(NAME).',
  workingDir: 'Directory in which the program starts. The default is that of the image.',
  envFrom:
    'Sources whose every key becomes a variable. A later source wins over an earlier one, and env over all. Keys may have any printable characters but =.',
  env: 'Environment variables of the container.',
  resizePolicy: 'Whether the container is restarted when its resources change.',
  volumeMounts: 'Volumes to mount, and where.',
  volumeDevices: 'Block volumes to offer as devices, and where.',
  terminationMessagePath:
    'File in the container whose content, at most 4096 bytes, becomes the message of its end. The default is /dev/termination-log.',
  terminationMessagePolicy:
    'File takes the message from terminationMessagePath; FallbackToLogsOnError takes the end of the log when that is empty and the container failed. The default is File.',
  imagePullPolicy:
    'When the image is pulled: Always, IfNotPresent or Never. The default is Always for the tag latest and IfNotPresent otherwise.',
  stdin: 'Keeps standard input open; without it, reads meet the end of file at once. The default is false.',
  stdinOnce:
    'Closes standard input for good after the first client that attached has left. Only with stdin. The default is false.',
  tty: 'Gives the container a terminal. Only with stdin. The default is false.',
};

const mayNot = 'Not allowed in ephemeral containers.';

export const containerDescriptions: Descriptions = {
  Container: {
    '': 'A container of a pod: an image, how to run it, and what it gets.',
    ...shared,
    ports: 'Ports that the container listens on. For information only: leaving one out does not close it.',
    resources: 'Processor, memory and other resources that the container asks for and may use at most.',
    restartPolicy:
      'What follows the end of this container, over the policy of the pod: Always, OnFailure or Never. An init container with Always is a sidecar: it starts before the containers and runs beside them.',
    restartPolicyRules:
      'Exceptions from restartPolicy, tried in order when the container ends; the first that fits decides. At most 20; they need a restartPolicy.',
    livenessProbe: 'Tells whether the container works. It is restarted when the probe fails.',
    readinessProbe:
      'Tells whether the container can serve. The pod gets no traffic from services while the probe fails.',
    startupProbe:
      'Tells whether the container has started. No other probe runs before it succeeds; the container is restarted when it fails.',
    lifecycle: 'What to do after the container has started and before it is ended.',
    securityContext: 'Security settings of the container. They win over those of the pod.',
  },
  ContainerPort: {
    '': 'A port of a container.',
    name: 'Name of the port, unique in the pod, at most 15 characters. Services can refer to it.',
    hostPort:
      'Port of the node that leads here, from 1 to 65535. With hostNetwork it equals containerPort. Rarely needed.',
    containerPort: 'Port at the address of the pod, from 1 to 65535.',
    protocol: 'TCP, UDP or SCTP. The default is TCP.',
    hostIP: 'Address of the node to which hostPort is bound. The default is all addresses.',
  },
  ContainerRestartRule: {
    '': 'What to do when a container ended in a certain way.',
    action: 'What to do: Restart restarts the container, RestartAllContainers all of the pod, where that is enabled.',
    exitCodes: 'Exit codes for which the rule holds.',
  },
  ContainerRestartRuleOnExitCodes: {
    '': 'A condition on the exit code of a container.',
    operator: 'In holds for the given codes, NotIn for all others.',
    values: 'Exit codes, at most 255 of them.',
  },
  EphemeralContainer: {
    '': 'A container that is added to a running pod to look into it. It gets no guaranteed resources and is not restarted; once added, it cannot be changed or removed.',
    ...shared,
    ports: mayNot,
    resources: `${mayNot} They use what the pod has left.`,
    restartPolicy: mayNot,
    restartPolicyRules: mayNot,
    livenessProbe: mayNot,
    readinessProbe: mayNot,
    startupProbe: mayNot,
    lifecycle: mayNot,
    securityContext: 'Security settings of the container. They win over those of the pod.',
    targetContainerName:
      'Container whose processes it shares, if the container runtime supports that. By default it shares as the pod says.',
  },
  VolumeDevice: {
    '': 'Where a block volume appears in a container.',
    name: 'Name of a volume of the pod that is a persistentVolumeClaim in block mode.',
    devicePath: 'Path of the device in the container.',
  },
  VolumeMount: {
    '': 'Where a volume appears in a container.',
    name: 'Name of a volume of the pod.',
    readOnly: 'Mounts the volume read-only. The default is false.',
    recursiveReadOnly:
      'Whether mounts below a read-only mount are read-only too: Disabled, IfPossible, or Enabled, which fails where it is not supported. The default is Disabled.',
    mountPath: 'Path in the container. It must not contain a colon.',
    subPath: 'Path within the volume that is mounted in place of its root. Not together with subPathExpr.',
    mountPropagation:
      'How mounts pass between node and container: None, HostToContainer, or Bidirectional for privileged containers. The default is None.',
    subPathExpr: 'As subPath, with $(NAME) replaced by variables of the container. Not together with subPath.',
  },
};
