import type { Descriptions } from '../descriptions.ts';
import { claimDescriptions } from './claim.ts';
import { configDescriptions } from './config.ts';
import { containerDescriptions } from './container.ts';
import { containerStatusDescriptions } from './container-status.ts';
import { environmentDescriptions } from './environment.ts';
import { eventDescriptions } from './event.ts';
import { namespaceDescriptions } from './namespace.ts';
import { networkVolumeDescriptions } from './network-volumes.ts';
import { podDescriptions } from './pod.ts';
import { podStatusDescriptions } from './pod-status.ts';
import { probeDescriptions } from './probe.ts';
import { projectedVolumeDescriptions } from './projected-volumes.ts';
import { referenceDescriptions } from './reference.ts';
import { resourceDescriptions } from './resource.ts';
import { schedulingDescriptions } from './scheduling.ts';
import { securityDescriptions } from './security.ts';
import { serviceDescriptions } from './service.ts';
import { volumeDescriptions } from './volume.ts';

/** k8s.io/api/core/v1, as far as the kinds below lead: namespaces, configuration, events, pods, services, claims. */
export const coreV1Descriptions: Descriptions = {
  ...claimDescriptions,
  ...configDescriptions,
  ...containerDescriptions,
  ...containerStatusDescriptions,
  ...environmentDescriptions,
  ...eventDescriptions,
  ...namespaceDescriptions,
  ...networkVolumeDescriptions,
  ...podDescriptions,
  ...podStatusDescriptions,
  ...probeDescriptions,
  ...projectedVolumeDescriptions,
  ...referenceDescriptions,
  ...resourceDescriptions,
  ...schedulingDescriptions,
  ...securityDescriptions,
  ...serviceDescriptions,
  ...volumeDescriptions,
};
