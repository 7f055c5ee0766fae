import {
  createUnstored,
  type KubernetesObject,
  notFound,
  type Stored,
  type StoredEvent,
  systemRuntime,
} from '@orlop/apimachinery';
import type { Getter, Lister, ResourceHeader, Watcher } from '@orlop/rest';
import { compileSchema } from '@orlop/schema';
import { type Observable, Subject } from 'rxjs';
import type { ApiServerOptions, InstalledResource } from '../src/index.ts';

/** A type with the fields that show how bookmarks, tables and OpenAPI treat what is required, merged and nested. */
export const gaugeType = compileSchema({ $ref: 'dev.example.v1.Gauge' }, () => ({
  type: 'object',
  'x-orlop-go-type': 'Gauge',
  properties: {
    kind: { type: 'string' },
    apiVersion: { type: 'string', 'x-orlop-go-name': 'APIVersion' },
    metadata: {
      type: 'object',
      'x-orlop-go-type': 'ObjectMeta',
      'x-orlop-presence': 'omitzero',
      properties: {
        name: { type: 'string' },
        namespace: { type: 'string' },
        resourceVersion: { type: 'string' },
        labels: { type: 'object', additionalProperties: { type: 'string' } },
        annotations: { type: 'object', additionalProperties: { type: 'string' } },
      },
    },
    spec: {
      type: 'object',
      'x-orlop-go-type': 'GaugeSpec',
      'x-orlop-presence': 'always',
      required: ['level'],
      properties: {
        level: { type: 'integer', format: 'int32', 'x-orlop-presence': 'always' },
        points: {
          type: 'array',
          'x-kubernetes-list-type': 'map',
          'x-kubernetes-list-map-keys': ['at'],
          'x-kubernetes-patch-merge-key': 'at',
          'x-kubernetes-patch-strategy': 'merge',
          items: { type: 'object', properties: { at: { type: 'string' } } },
        },
      },
    },
  },
}));

export interface Gauge extends KubernetesObject {
  spec: { level: number };
}

export function gauge(name: string, level: number, namespace = 'a'): Stored<Gauge> {
  return createUnstored<Gauge>(
    {
      kind: 'Gauge',
      apiVersion: 'example.dev/v1',
      metadata: { name, namespace, resourceVersion: String(100 + level) },
      spec: { level },
    },
    gaugeType,
  );
}

export const gaugeHeader: ResourceHeader = {
  group: 'example.dev',
  version: 'v1',
  kind: 'Gauge',
  plural: 'gauges',
  singular: 'gauge',
  scope: 'Namespaced',
  shortNames: ['ga'],
  verbs: ['get', 'list', 'watch'],
  subresources: [{ name: 'reading', kind: { group: 'example.dev', version: 'v1', kind: 'Gauge' }, verbs: ['get'] }],
};

/** A resource that measures instead of storing: a few gauges, and a stream of what happens to them. */
export function gauges(items: () => readonly Stored<Gauge>[]) {
  const events = new Subject<StoredEvent>();
  const state = { loads: 0, subscribers: () => (events.observed ? 1 : 0) };
  const kind = { group: 'example.dev', version: 'v1', kind: 'Gauge' };
  const main: Getter & Lister & Watcher = {
    kind,
    async get(_context, name) {
      const found = items().find((item) => item.object.metadata.name === name);
      if (found === undefined) throw notFound({ group: 'example.dev', resource: 'gauges' }, name);
      return found;
    },
    async list(_context, { labelSelector, limit }) {
      const all = items().filter((item) => labelSelector.matches(item.labels));
      const page = limit > 0 ? all.slice(0, limit) : all;
      const more = page.length < all.length;
      return {
        items: page,
        resourceVersion: 200,
        continue: more ? 'next' : '',
        remainingItemCount: more ? all.length - page.length : undefined,
      };
    },
    watch: async () => events as Observable<StoredEvent>,
  };
  const resource: InstalledResource = {
    header: gaugeHeader,
    async load() {
      state.loads++;
      return {
        body: {
          type: gaugeType,
          strategy: { validate: () => [], validateUpdate: () => [] },
          rowConditions: (object) =>
            (object as Gauge).spec.level > 8 ? [{ type: 'Completed', status: 'True', reason: 'Full' }] : [],
          columns: [
            {
              name: 'Name',
              type: 'string',
              format: 'name',
              description: '',
              priority: 0,
              cell: (object) => object.metadata.name ?? '',
            },
            {
              name: 'Level',
              type: 'integer',
              format: '',
              description: '',
              priority: 0,
              cell: (object) => (object as Gauge).spec.level,
            },
          ],
          selectableFields: { 'spec.level': (object) => String((object as Gauge).spec.level) },
        },
        storages: { main, reading: { kind, get: main.get } as Getter },
      };
    },
  };
  return { resource, events, state };
}

export const version: ApiServerOptions['version'] = {
  major: '1',
  minor: '36',
  gitVersion: 'v1.36.3',
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '1970-01-01T00:00:00Z',
  goVersion: '',
  compiler: '',
  platform: '',
};

export const runtime = systemRuntime();
