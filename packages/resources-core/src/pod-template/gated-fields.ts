import type { PodSpec } from '@orlop/kubernetes-schema/core/v1';
import { type FeatureGates, gateOpen } from '@orlop/rest/rules';
import { allContainers } from './container-kinds.ts';
import { podGates } from './gates.ts';

/** Fields that hang on a gate. While it is closed they are dropped, unless the object had them before. */
interface GatedField {
  readonly gate: string;
  inUse(spec: PodSpec): boolean;
  drop(spec: PodSpec): void;
}

const projections = (spec: PodSpec) => (spec.volumes ?? []).flatMap(({ projected }) => projected?.sources ?? []);

const gatedFields: readonly GatedField[] = [
  {
    gate: 'PodLevelResources',
    inUse: ({ resources }) => resources !== undefined,
    drop: (spec) => delete spec.resources,
  },
  {
    gate: 'ClusterTrustBundleProjection',
    inUse: (spec) => projections(spec).some(({ clusterTrustBundle }) => clusterTrustBundle !== undefined),
    drop(spec) {
      for (const source of projections(spec)) delete source.clusterTrustBundle;
    },
  },
  {
    gate: 'PodCertificateRequest',
    inUse: (spec) => projections(spec).some(({ podCertificate }) => podCertificate !== undefined),
    drop(spec) {
      for (const source of projections(spec)) delete source.podCertificate;
    },
  },
  {
    gate: 'GenericWorkload',
    inUse: ({ schedulingGroup }) => schedulingGroup !== undefined,
    drop: (spec) => delete spec.schedulingGroup,
  },
  {
    gate: 'ContainerRestartRules',
    inUse: ({ containers, initContainers = [] }) =>
      (containers ?? []).some(({ restartPolicy }) => restartPolicy !== undefined) ||
      initContainers.some(
        ({ restartPolicy = 'Always', restartPolicyRules = [] }) =>
          restartPolicy !== 'Always' || restartPolicyRules.length > 0,
      ),
    drop(spec) {
      const sidecars = new Set<unknown>(spec.initContainers?.filter(({ restartPolicy }) => restartPolicy === 'Always'));
      for (const container of allContainers(spec)) {
        if (!sidecars.has(container)) delete container.restartPolicy;
        delete container.restartPolicyRules;
      }
    },
  },
  {
    gate: 'EnvFiles',
    inUse: (spec) =>
      [...allContainers(spec)].some(({ env = [] }) => env.some(({ valueFrom }) => valueFrom?.fileKeyRef !== undefined)),
    drop(spec) {
      for (const { env = [] } of allContainers(spec)) {
        for (const { valueFrom } of env) delete valueFrom?.fileKeyRef;
      }
    },
  },
  {
    gate: 'ContainerStopSignals',
    inUse: (spec) => [...allContainers(spec)].some(({ lifecycle }) => lifecycle?.stopSignal !== undefined),
    drop(spec) {
      for (const container of allContainers(spec)) {
        if (container.lifecycle?.stopSignal === undefined) continue;
        delete container.lifecycle.stopSignal;
        if (Object.keys(container.lifecycle).length === 0) delete container.lifecycle;
      }
    },
  },
];

/** Drops the fields of closed gates from `spec`. Runs before anything is validated. */
export function dropGatedFields(spec: PodSpec, old: PodSpec | undefined, gates: FeatureGates = podGates): void {
  for (const field of gatedFields) {
    if (gateOpen(gates, field.gate) || !field.inUse(spec)) continue;
    if (old === undefined || !field.inUse(old)) field.drop(spec);
  }
}
