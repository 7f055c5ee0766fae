import type { Descriptions, FieldTexts } from '../descriptions.ts';

/** Fields that pods and containers both have. */
const identity: FieldTexts = {
  seLinuxOptions: 'SELinux label. By default the container runtime picks one at random. Linux only.',
  windowsOptions: 'Settings for Windows. Not allowed when spec.os.name is linux.',
  runAsUser: 'User id of the processes. The default is that of the image. Linux only.',
  runAsGroup: 'Main group id of the processes. The default is that of the runtime. Linux only.',
  runAsNonRoot: 'Refuses to start a container whose user id would be 0. The default is false.',
  seccompProfile: 'Which system calls are allowed. Linux only.',
  appArmorProfile: 'AppArmor profile that confines the processes. Linux only.',
};

export const securityDescriptions: Descriptions = {
  AppArmorProfile: {
    '': 'Which AppArmor profile applies.',
    type: 'Localhost takes a profile loaded on the node, RuntimeDefault that of the container runtime, Unconfined none.',
    localhostProfile: 'Name of a profile loaded on the node. Needed with type Localhost and only then.',
  },
  Capabilities: {
    '': 'Changes to the POSIX capabilities that containers have by default.',
    add: 'Capabilities to add, such as NET_ADMIN.',
    drop: 'Capabilities to take away; ALL for every one.',
  },
  PodSecurityContext: {
    '': 'Security settings of a pod. Where containers have the same field, theirs wins.',
    ...identity,
    supplementalGroups: 'Group ids that the processes have beside the main one. Linux only.',
    supplementalGroupsPolicy:
      'Merge adds the groups that the image gives the user; Strict does not. The default is Merge. Linux only.',
    fsGroup:
      'Group id that owns the volumes and is given to the processes; new files belong to it too. For volumes that support it. Linux only.',
    sysctls: 'Kernel parameters of the pod. Those that the runtime does not support keep it from starting. Linux only.',
    fsGroupChangePolicy:
      'When the owner of files on volumes is changed: Always, or OnRootMismatch only if the top directory has another. The default is Always.',
    seLinuxChangePolicy:
      'How volumes get the SELinux label: MountOption as a whole when they are mounted, Recursive file by file. The default is MountOption where the volume supports it.',
  },
  SELinuxOptions: {
    '': 'The parts of an SELinux label.',
    user: 'User part of the label.',
    role: 'Role part of the label.',
    type: 'Type part of the label.',
    level: 'Level part of the label, such as s0:c123,c456.',
  },
  SeccompProfile: {
    '': 'Which seccomp profile applies.',
    type: 'Localhost takes a file on the node, RuntimeDefault that of the container runtime, Unconfined none.',
    localhostProfile:
      'Path of the profile below the seccomp directory of the kubelet. Needed with type Localhost and only then.',
  },
  SecurityContext: {
    '': 'Security settings of a container. They win over those of the pod.',
    capabilities: 'Capabilities to add and to take away. Linux only.',
    privileged: 'Gives the processes what root on the node has. The default is false. Linux only.',
    ...identity,
    readOnlyRootFilesystem: 'Mounts the root of the container read-only. The default is false. Linux only.',
    allowPrivilegeEscalation:
      'Whether a process may gain more rights than its parent, as through setuid. Always true for privileged containers and with CAP_SYS_ADMIN. Linux only.',
    procMount:
      'Default hides and protects parts of /proc; Unmasked does not and needs hostUsers false. The default is Default. Linux only.',
  },
  Sysctl: {
    '': 'A kernel parameter.',
    name: 'Name of the parameter, such as net.core.somaxconn.',
    value: 'Value of the parameter.',
  },
  WindowsSecurityContextOptions: {
    '': 'Security settings for Windows.',
    gmsaCredentialSpecName:
      'Name of the GMSACredentialSpec to use. An admission webhook fills in gmsaCredentialSpec from it.',
    gmsaCredentialSpec: 'Content of the GMSA credential spec.',
    runAsUserName: 'User of the processes, such as ContainerUser or DOMAIN\\user. The default is that of the image.',
    hostProcess:
      'Runs the container as a process of the node. All containers of a pod must have the same value, and hostNetwork must be true.',
  },
};
