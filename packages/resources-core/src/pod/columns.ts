import { humanDuration, type TableRowCondition } from '@orlop/apimachinery';
import type { Container, ContainerStatus, Pod } from '@orlop/kubernetes-schema/core/v1';
import { ageColumn, type Column, column, nameColumn } from '@orlop/rest';

const nothing = '<none>';

/** What people read about a pod at a glance. */
export interface PodSummary {
  readonly ready: number;
  readonly total: number;
  readonly status: string;
  readonly restarts: number;
  /** Milliseconds since 1970, 0 when nothing was restarted or no one knows when. */
  readonly lastRestart: number;
}

/** Restarts counted so far. */
interface Restarts {
  count: number;
  last: number;
}

/** A sidecar: an init container that goes on running. */
function isSidecar(container: Container | undefined): boolean {
  return container?.restartPolicy === 'Always';
}

function condition({ status }: Pod, type: string) {
  return (status.conditions ?? []).find((condition) => condition.type === type);
}

function addRestarts(restarts: Restarts, { restartCount, lastState }: ContainerStatus): void {
  restarts.count += restartCount;
  const finished = lastState?.terminated?.finishedAt;
  if (finished) restarts.last = Math.max(restarts.last, Date.parse(finished));
}

/** `OOMKilled`, or `Signal:9`, or `ExitCode:1`. */
function endReason({ reason, signal, exitCode }: { reason?: string; signal?: number; exitCode: number }): string {
  return reason || (signal ? `Signal:${signal}` : `ExitCode:${exitCode}`);
}

interface Initialization {
  /** Why the pod is not initialized yet; undefined when it is. */
  readonly reason: string | undefined;
  readonly readySidecars: number;
  readonly all: Restarts;
  readonly sidecars: Restarts;
}

/** How far the init containers are; the first that is not done speaks for the pod. */
function initialization({ spec, status }: Pod): Initialization {
  const containers = new Map((spec.initContainers ?? []).map((container) => [container.name, container]));
  const all: Restarts = { count: 0, last: 0 };
  const sidecars: Restarts = { count: 0, last: 0 };
  let readySidecars = 0;
  let reason: string | undefined;
  for (const [index, container] of (status.initContainerStatuses ?? []).entries()) {
    addRestarts(all, container);
    const sidecar = isSidecar(containers.get(container.name));
    if (sidecar) addRestarts(sidecars, container);
    const { terminated, waiting } = container.state ?? {};
    if (terminated?.exitCode === 0) continue;
    if (sidecar && container.started === true) {
      if (container.ready) readySidecars++;
      continue;
    }
    if (terminated) reason = `Init:${endReason(terminated)}`;
    else if (waiting?.reason && waiting.reason !== 'PodInitializing') reason = `Init:${waiting.reason}`;
    else reason = `Init:${index}/${(spec.initContainers ?? []).length}`;
    break;
  }
  return { reason, readySidecars, all, sidecars };
}

export function podSummary(pod: Pod): PodSummary {
  const { metadata, spec, status } = pod;
  const init = initialization(pod);
  let ready = init.readySidecars;
  let restarts = init.all;
  let reason = status.reason || status.phase || '';
  if (condition(pod, 'PodScheduled')?.reason === 'SchedulingGated') reason = 'SchedulingGated';
  reason = init.reason ?? reason;

  if (init.reason === undefined || condition(pod, 'Initialized')?.status === 'True') {
    restarts = init.sidecars;
    let running = false;
    let failure = '';
    // The first container in the list has the last word.
    for (const container of (status.containerStatuses ?? []).toReversed()) {
      addRestarts(restarts, container);
      const { waiting, terminated, running: runs } = container.state ?? {};
      if (waiting?.reason) reason = waiting.reason;
      else if (terminated) {
        reason = endReason(terminated);
        if (terminated.exitCode !== 0) failure = reason;
      } else if (container.ready && runs) {
        running = true;
        ready++;
      }
    }
    if (reason === 'Completed') {
      if (running && condition(pod, 'Ready')?.status === 'True') reason = 'Running';
      else if (failure !== '') reason = failure;
      else if (running) reason = 'NotReady';
    }
  }
  if (metadata.deletionTimestamp !== undefined) {
    if (status.reason === 'NodeLost') reason = 'Unknown';
    else if (status.phase !== 'Succeeded' && status.phase !== 'Failed') reason = 'Terminating';
  }
  const total = (spec.containers ?? []).length + (spec.initContainers ?? []).filter(isSidecar).length;
  return { ready, total, status: reason, restarts: restarts.count, lastRestart: restarts.last };
}

function restartsText(pod: Pod, now: number): string {
  const { restarts, lastRestart } = podSummary(pod);
  if (restarts === 0 || lastRestart === 0) return String(restarts);
  return `${restarts} (${humanDuration(now - lastRestart)} ago)`;
}

/** How many of the pod's own readiness conditions hold. */
function readinessGates(pod: Pod): string {
  const gates = pod.spec.readinessGates ?? [];
  if (gates.length === 0) return nothing;
  const open = gates.filter(({ conditionType }) => condition(pod, conditionType)?.status === 'True');
  return `${open.length}/${gates.length}`;
}

/** Clients hide the rows of pods that have ended; the texts are Kubernetes' own. */
const endings: ReadonlyMap<string, readonly TableRowCondition[]> = new Map(
  Object.entries({
    Succeeded: [
      { type: 'Completed', status: 'True', reason: 'Succeeded', message: 'The pod has completed successfully.' },
    ],
    Failed: [{ type: 'Completed', status: 'True', reason: 'Failed', message: 'The pod failed.' }],
  }),
);

export const podRowConditions = ({ status }: Pod): readonly TableRowCondition[] =>
  endings.get(status.phase ?? '') ?? [];

const wide = 1;

export const podColumns: readonly Column<Pod>[] = [
  nameColumn,
  column(
    'Ready',
    'string',
    (pod: Pod) => {
      const { ready, total } = podSummary(pod);
      return `${ready}/${total}`;
    },
    { description: 'How many of its containers are ready to serve.' },
  ),
  column('Status', 'string', (pod: Pod) => podSummary(pod).status, {
    description: 'What the pod is doing, or what keeps it from doing it.',
  }),
  column('Restarts', 'string', restartsText, {
    description: 'How often its containers were started again, and when last.',
  }),
  ageColumn,
  column('IP', 'string', ({ status }: Pod) => status.podIPs?.[0]?.ip || nothing, {
    description: 'Its address.',
    priority: wide,
  }),
  column('Node', 'string', ({ spec }: Pod) => spec.nodeName || nothing, {
    description: 'The node it runs on.',
    priority: wide,
  }),
  column('Nominated Node', 'string', ({ status }: Pod) => status.nominatedNodeName || nothing, {
    description: 'The node it is to run on once other pods have left it.',
    priority: wide,
  }),
  column('Readiness Gates', 'string', readinessGates, {
    description: 'How many conditions of its own hold that it needs to be ready.',
    priority: wide,
  }),
];
