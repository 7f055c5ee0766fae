import { isDNS1123Label, type KubernetesObject } from '@orlop/apimachinery';

/** Names of pods begin with that of their workload, and host names with theirs. */
export function nameWarnings({ metadata }: KubernetesObject): readonly string[] {
  const complaints = isDNS1123Label(metadata.name ?? '');
  if (complaints.length === 0) return [];
  return [
    `metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended: [${complaints.join(' ')}]`,
  ];
}
