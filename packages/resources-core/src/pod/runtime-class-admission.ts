import { unclassified } from '@orlop/apimachinery';
import type { Pod } from '@orlop/kubernetes-schema/core/v1';
import type { AdmissionAttributes, AdmissionPlugin } from '@orlop/rest';
import { compareQuantity, wasSentEmpty } from '@orlop/schema';
import { refusal } from '../admission/refusal.ts';
import { podOf } from './admitted-pod.ts';

/** What the plugin must know of a RuntimeClass. */
export interface RuntimeClassState {
  /** What running a pod costs beside its containers. */
  readonly overhead?: Readonly<Record<string, string>>;
}

export interface RuntimeClassOptions {
  /** Reads a RuntimeClass by name, undefined when there is none. @default none exist */
  readonly getRuntimeClass?: (name: string) => Promise<RuntimeClassState | undefined>;
}

/** The overhead of a new pod comes from its RuntimeClass; pods may only repeat what it says. */
export function podRuntimeClass(options: RuntimeClassOptions = {}): AdmissionPlugin {
  const { getRuntimeClass = async () => undefined } = options;

  async function classOf(attributes: AdmissionAttributes, { spec }: Pod): Promise<RuntimeClassState | undefined> {
    const name = spec.runtimeClassName;
    if (name === undefined) return undefined;
    if (name === '') throw unclassified('resource name may not be empty');
    const found = await getRuntimeClass(name);
    if (found === undefined) throw rejected(attributes, `RuntimeClass "${name}" not found`);
    return found;
  }

  return {
    name: 'RuntimeClass',
    operations: ['CREATE'],
    async admit(attributes) {
      const pod = podOf(attributes);
      if (pod === undefined) return;
      const overhead = (await classOf(attributes, pod))?.overhead;
      if (overhead === undefined) return;
      if (hasOverhead(pod) && !sameOverhead(pod, overhead)) throw contradiction(attributes);
      pod.spec.overhead = { ...overhead };
    },
    async validate(attributes) {
      const pod = podOf(attributes);
      if (pod === undefined) return;
      const overhead = (await classOf(attributes, pod))?.overhead;
      if (overhead !== undefined) {
        if (!sameOverhead(pod, overhead)) throw contradiction(attributes);
      } else if (hasOverhead(pod)) {
        throw rejected(attributes, 'Pod Overhead set without corresponding RuntimeClass defined Overhead');
      }
    },
  };
}

const rejected = (attributes: AdmissionAttributes, why: string) => refusal(attributes, `pod rejected: ${why}`);

const contradiction = (attributes: AdmissionAttributes) =>
  rejected(attributes, "Pod's Overhead doesn't match RuntimeClass's defined Overhead");

/** An empty one counts too. */
const hasOverhead = ({ spec }: Pod): boolean => spec.overhead !== undefined || wasSentEmpty(spec, 'overhead');

function sameOverhead({ spec: { overhead: own = {} } }: Pod, overhead: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(overhead);
  const same = (name: string) => own[name] !== undefined && compareQuantity(own[name], overhead[name]!) === 0;
  return names.length === Object.keys(own).length && names.every(same);
}
