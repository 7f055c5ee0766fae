/** The server counts replicas: it knows no workload that does not say how many, only one that says none. */
export function normalizeReplicas(spec: { replicas?: number }): void {
  spec.replicas ??= 0;
}
