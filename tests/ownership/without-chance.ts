type Json = Record<string, unknown>;

/** An answer without what is different in each run: uids, times, resourceVersions, allocated addresses. Changes it. */
export function withoutChance(answer: unknown): unknown {
  const object = answer as { metadata?: Json; spec?: Json; status?: Json; items?: unknown[]; details?: Json };
  const { metadata, spec, status, items } = object;
  if (metadata !== undefined) {
    for (const field of ['uid', 'resourceVersion', 'creationTimestamp']) delete metadata[field];
    for (const entry of (metadata['managedFields'] ?? []) as Json[]) {
      if (entry['time'] !== undefined) entry['time'] = 'T';
    }
  }
  if (spec?.['clusterIP'] !== undefined) {
    delete spec['clusterIP'];
    delete spec['clusterIPs'];
  }
  for (const condition of (status?.['conditions'] ?? []) as Json[]) delete condition['lastTransitionTime'];
  items?.forEach(withoutChance);
  return answer;
}
