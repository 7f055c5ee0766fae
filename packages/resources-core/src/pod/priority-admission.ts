import type { Pod } from '@orlop/kubernetes-schema/core/v1';
import type { AdmissionPlugin } from '@orlop/rest';
import { refusal } from '../admission/refusal.ts';
import { podOf } from './admitted-pod.ts';

/** What the plugin must know of a PriorityClass. */
export interface PriorityClassState {
  readonly name: string;
  readonly value: number;
  /** @default 'PreemptLowerPriority' */
  readonly preemptionPolicy?: string;
}

export interface PodPriorityOptions {
  /** Reads a PriorityClass by name, undefined when there is none. Not asked about the system's two. @default none exist */
  readonly getPriorityClass?: (name: string) => Promise<PriorityClassState | undefined>;
  /** The class of pods that name none. @default none: priority 0 */
  readonly defaultPriorityClass?: () => Promise<PriorityClassState | undefined>;
}

/** Classes that every cluster has. */
const systemClasses: ReadonlyMap<string, PriorityClassState> = new Map(
  [
    { name: 'system-node-critical', value: 2000001000 },
    { name: 'system-cluster-critical', value: 2000000000 },
  ].map((state) => [state.name, state]),
);

/** Priority and preemption of a new pod come from its PriorityClass; pods may only repeat what it says. */
export function podPriority(options: PodPriorityOptions = {}): AdmissionPlugin {
  const { getPriorityClass = async () => undefined, defaultPriorityClass = async () => undefined } = options;
  return {
    name: 'Priority',
    operations: ['CREATE', 'UPDATE'],
    async admit(attributes) {
      const pod = podOf(attributes);
      if (pod === undefined) return;
      if (attributes.operation === 'UPDATE') {
        keep(pod, attributes.old as Pod | undefined);
        return;
      }
      const { spec } = pod;
      const name = spec.priorityClassName ?? '';
      const found =
        name === '' ? await defaultPriorityClass() : (systemClasses.get(name) ?? (await getPriorityClass(name)));
      if (name !== '' && found === undefined) throw refusal(attributes, `no PriorityClass with name ${name} was found`);
      const priority = found?.value ?? 0;
      const policy = found?.preemptionPolicy ?? 'PreemptLowerPriority';
      const contradiction = (what: string, given: unknown, computed: unknown) =>
        refusal(
          attributes,
          `the ${what} (${given}) must not be provided in pod spec; priority admission controller computed ${computed} from the given PriorityClass name`,
        );
      if (spec.priority !== undefined && spec.priority !== priority) {
        throw contradiction('integer value of priority', spec.priority, priority);
      }
      if (spec.preemptionPolicy !== undefined && spec.preemptionPolicy !== policy) {
        throw contradiction('string value of PreemptionPolicy', spec.preemptionPolicy, policy);
      }
      if (found !== undefined) spec.priorityClassName = found.name;
      spec.priority = priority;
      spec.preemptionPolicy = policy;
    },
  };
}

/** A writer who leaves out what was computed means to keep it. */
function keep({ spec }: Pod, old: Pod | undefined): void {
  if (old === undefined) return;
  if (spec.priority === undefined && old.spec.priority !== undefined) spec.priority = old.spec.priority;
  if (spec.preemptionPolicy === undefined && old.spec.preemptionPolicy !== undefined) {
    spec.preemptionPolicy = old.spec.preemptionPolicy;
  }
}
