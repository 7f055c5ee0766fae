import type { FeatureGates } from '@orlop/rest/rules';

/** The gates that fields and rules of pods hang on, as release 1.36 sets them. */
export const podGates: FeatureGates = {
  ClusterTrustBundleProjection: false,
  ContainerRestartRules: true,
  ContainerStopSignals: false,
  EnvFiles: true,
  GenericWorkload: false,
  PodCertificateRequest: false,
  PodDeletionCost: true,
  PodLevelResources: true,
  RestartAllContainersOnContainerExits: true,
  SELinuxMount: false,
  StrictIPCIDRValidation: true,
  TaintTolerationComparisonOperators: false,
  UserNamespacesHostNetworkSupport: false,
};
