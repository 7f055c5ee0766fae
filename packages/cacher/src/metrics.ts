import type { Metrics } from '@orlop/apimachinery';

/** What the cache of one resource reports, under the names Kubernetes' own has. */
export class CacheMetrics {
  readonly #metrics: Metrics;
  readonly #labels: Readonly<Record<string, string>>;
  readonly #indexed = new Map<string, Readonly<Record<string, string>>>();

  /** @param name `deployments.apps` */
  constructor(metrics: Metrics, name: string) {
    this.#metrics = metrics;
    const dot = name.indexOf('.');
    this.#labels =
      dot < 0 ? { group: '', resource: name } : { group: name.slice(dot + 1), resource: name.slice(0, dot) };
  }

  /** A list served from here. `index` is the one it was read by, or empty. */
  list(index: string, fetched: number, returned: number): void {
    let labels = this.#indexed.get(index);
    if (labels === undefined) {
      labels = { ...this.#labels, index };
      this.#indexed.set(index, labels);
    }
    this.#metrics.count('apiserver_cache_list_total', labels);
    this.#metrics.count('apiserver_cache_list_fetched_objects_total', labels, fetched);
    this.#metrics.count('apiserver_cache_list_returned_objects_total', this.#labels, returned);
  }

  initialEvents(count: number): void {
    if (count > 0) this.#metrics.count('apiserver_init_events_total', this.#labels, count);
  }

  received(): void {
    this.#metrics.count('apiserver_watch_cache_events_received_total', this.#labels);
  }

  dispatched(): void {
    this.#metrics.count('apiserver_watch_cache_events_dispatched_total', this.#labels);
  }

  terminated(): void {
    this.#metrics.count('apiserver_terminated_watchers_total', this.#labels);
  }

  revision(revision: number): void {
    this.#metrics.gauge('apiserver_watch_cache_resource_version', revision % 1e15, this.#labels);
  }

  capacity(from: number, to: number): void {
    this.#metrics.gauge('watch_cache_capacity', to, this.#labels);
    if (from !== 0) this.#metrics.count(`watch_cache_capacity_${from < to ? 'in' : 'de'}crease_total`, this.#labels);
  }

  initialized(): void {
    this.#metrics.count('apiserver_watch_cache_initializations_total', this.#labels);
  }

  waited(milliseconds: number): void {
    this.#metrics.observe('apiserver_watch_cache_read_wait_seconds', milliseconds / 1000, this.#labels);
  }

  consistentRead(success: boolean, fallback: boolean): void {
    this.#metrics.count('apiserver_watch_cache_consistent_read_total', {
      ...this.#labels,
      success: String(success),
      fallback: String(fallback),
    });
  }

  consistencyCheck(status: 'success' | 'failure' | 'error'): void {
    this.#metrics.count('apiserver_storage_consistency_checks_total', { ...this.#labels, status });
  }
}
