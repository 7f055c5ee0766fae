import type { Descriptions } from '../descriptions.ts';
import { fsType, readOnly } from '../recurring-texts.ts';

/** Volumes of pods, and the sources that need no storage system of a certain maker. */
export const volumeDescriptions: Descriptions = {
  CSIVolumeSource: {
    '': 'An ephemeral volume that a CSI driver makes for the pod.',
    driver: 'Name of the driver, as it is registered in the cluster.',
    readOnly,
    fsType: 'File system of the volume, such as ext4. Empty leaves it to the driver.',
    volumeAttributes: 'Settings that are passed to the driver; see its manual.',
    nodePublishSecretRef: 'Secret that the driver needs to mount the volume.',
  },
  EmptyDirVolumeSource: {
    '': 'An empty directory that lives as long as the pod is on its node.',
    medium:
      'Where the data is kept: empty for the disk of the node, Memory for a RAM disk, HugePages or HugePages-SIZE for huge pages.',
    sizeLimit:
      'Most that the volume may hold; a pod that exceeds it is evicted. With Memory, the memory limits of the containers count too. The default is no limit.',
  },
  EphemeralVolumeSource: {
    '': 'A volume of any storage class that is made for the pod and deleted with it.',
    volumeClaimTemplate: 'The claim that is made for the volume. It is called POD-VOLUME and belongs to the pod.',
  },
  GitRepoVolumeSource: {
    '': 'A clone of a git repository. Deprecated and no longer supported by kubelets: use an init container and an emptyDir.',
    repository: 'Address of the repository.',
    revision: 'Hash of the commit to check out.',
    directory:
      'Directory for the clone within the volume; a dot means the volume itself. The default is the name of the repository.',
  },
  HostPathVolumeSource: {
    '': 'A file or directory of the node. It opens the node to the pod and is rarely wise.',
    path: 'Path on the node. Links are followed.',
    type: 'What must be there: Directory, File, Socket, CharDevice or BlockDevice; DirectoryOrCreate and FileOrCreate make what is missing. Empty checks nothing, and is the default.',
  },
  ImageVolumeSource: {
    '': 'The content of an image or OCI artifact, read-only.',
    reference:
      'The image or artifact, written as in containers. May be left empty in templates that something else completes.',
    pullPolicy:
      'When it is pulled: Always, IfNotPresent or Never. The default is Always for the tag latest and IfNotPresent otherwise.',
  },
  NFSVolumeSource: {
    '': 'A directory of an NFS server.',
    server: 'Host name or address of the server.',
    path: 'Path that the server exports.',
    readOnly,
  },
  PersistentVolumeClaimVolumeSource: {
    '': 'The volume that is bound to a claim.',
    claimName: 'Name of a PersistentVolumeClaim in the namespace of the pod.',
    readOnly,
  },
  Volume: {
    '': 'A volume that containers of the pod can mount. Exactly one source is given; without one it is an emptyDir.',
    name: 'Name of the volume, a DNS label, unique in the pod.',
    hostPath: 'A file or directory of the node.',
    emptyDir: 'An empty directory that lives as long as the pod is on its node.',
    gcePersistentDisk: 'A disk of Google Compute Engine. Deprecated: its CSI driver pd.csi.storage.gke.io serves it.',
    awsElasticBlockStore: 'A disk of AWS EBS. Deprecated: its CSI driver ebs.csi.aws.com serves it.',
    gitRepo: 'A clone of a git repository. Deprecated: use an init container and an emptyDir.',
    secret: 'The keys of a Secret as files.',
    nfs: 'A directory of an NFS server.',
    iscsi: 'An iSCSI disk.',
    glusterfs: 'A GlusterFS volume. Deprecated and no longer supported.',
    persistentVolumeClaim: 'The volume that is bound to a claim in the namespace of the pod.',
    rbd: 'A Ceph block device. Deprecated and no longer supported.',
    flexVolume: 'A volume of a FlexVolume plugin. Deprecated: use a CSI driver.',
    cinder: 'A disk of OpenStack Cinder. Deprecated: its CSI driver cinder.csi.openstack.org serves it.',
    cephfs: 'A Ceph file system. Deprecated and no longer supported.',
    flocker: 'A Flocker dataset. Deprecated and no longer supported.',
    downwardAPI: 'Fields of the pod itself as files.',
    fc: 'A Fibre Channel disk.',
    azureFile: 'An Azure file share. Deprecated: its CSI driver file.csi.azure.com serves it.',
    configMap: 'The keys of a ConfigMap as files.',
    vsphereVolume: 'A vSphere disk. Deprecated: its CSI driver csi.vsphere.vmware.com serves it.',
    quobyte: 'A Quobyte volume. Deprecated and no longer supported.',
    azureDisk: 'An Azure disk. Deprecated: its CSI driver disk.csi.azure.com serves it.',
    photonPersistentDisk: 'A Photon Controller disk. Deprecated and no longer supported.',
    projected: 'Several sources, such as secrets and tokens, as files of one directory.',
    portworxVolume: 'A Portworx volume. Deprecated: its CSI driver pxd.portworx.com serves it.',
    scaleIO: 'A ScaleIO volume. Deprecated and no longer supported.',
    storageos: 'A StorageOS volume. Deprecated and no longer supported.',
    csi: 'An ephemeral volume that a CSI driver makes for the pod.',
    ephemeral: 'A volume of any storage class that is made for the pod and deleted with it.',
    image: 'The content of an image or OCI artifact, read-only.',
  },
  FCVolumeSource: {
    '': 'A Fibre Channel disk. Either targetWWNs with lun, or wwids.',
    targetWWNs: 'World wide names of the targets.',
    lun: 'Number of the unit at the targets.',
    fsType,
    readOnly,
    wwids: 'World wide identifiers of the disk.',
  },
  ISCSIVolumeSource: {
    '': 'An iSCSI disk. One pod may write to it at a time, or several may read.',
    targetPortal: 'Address of the portal, with its port unless that is 860 or 3260.',
    iqn: 'Qualified name of the target.',
    lun: 'Number of the unit at the target.',
    iscsiInterface: 'Interface of the initiator. The default is default: plain TCP.',
    fsType,
    readOnly,
    portals: 'Addresses of further portals of the target, for several paths.',
    chapAuthDiscovery: 'Whether discovery uses CHAP.',
    chapAuthSession: 'Whether the session uses CHAP.',
    secretRef: 'Secret with the CHAP credentials.',
    initiatorName: 'Name of the initiator, in place of that of the node. A new interface is made for it.',
  },
};
