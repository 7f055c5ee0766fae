import type { KubernetesObject } from '@orlop/apimachinery';

/** The resource all cases work on: namespaced, with one field that selectors may ask for. */
export interface Vessel extends KubernetesObject {
  spec?: { berth?: string };
  status?: { phase?: string };
}

const text = { type: 'string' } as const;
const texts = { type: 'object', additionalProperties: { type: 'string' } } as const;

/** The written form of the type, for those who compile it; fields in the order in which they are stored. */
export const vesselSchema = {
  type: 'object',
  properties: {
    kind: text,
    apiVersion: text,
    metadata: {
      type: 'object',
      properties: {
        name: text,
        generateName: text,
        namespace: text,
        selfLink: text,
        uid: text,
        resourceVersion: text,
        generation: { type: 'integer' },
        creationTimestamp: text,
        deletionTimestamp: text,
        labels: texts,
        annotations: texts,
        finalizers: { type: 'array', items: { type: 'string' } },
      },
    },
    spec: { type: 'object', properties: { berth: text } },
    status: { type: 'object', properties: { phase: text } },
  },
} as const;

/** What a storage must know of vessels, all but the compiled type. */
export const vessels = {
  group: 'harbor.orlop.dev',
  resource: 'vessels',
  version: 'v1',
  kind: 'Vessel',
  prefix: '/vessels/',
  namespaced: true,
  fields: (vessel: Vessel): Readonly<Record<string, string>> => ({ 'spec.berth': vessel.spec?.berth ?? '' }),
} as const;

export interface VesselParts {
  readonly uid?: string;
  readonly berth?: string;
  readonly phase?: string;
  readonly labels?: Record<string, string>;
  readonly finalizers?: string[];
}

/** A vessel as a client would send it. `place` is `namespace/name`, or a name alone. */
export function vessel(place: string, parts: VesselParts = {}): Vessel {
  const slash = place.indexOf('/');
  const { uid, labels, finalizers, berth, phase } = parts;
  return {
    kind: vessels.kind,
    apiVersion: `${vessels.group}/${vessels.version}`,
    metadata: {
      name: place.slice(slash + 1),
      ...(slash < 0 ? {} : { namespace: place.slice(0, slash) }),
      ...(uid === undefined ? {} : { uid }),
      ...(labels === undefined ? {} : { labels }),
      ...(finalizers === undefined ? {} : { finalizers }),
    },
    ...(berth === undefined ? {} : { spec: { berth } }),
    ...(phase === undefined ? {} : { status: { phase } }),
  };
}

/** `/vessels/ns/a`; for a place that ends with a slash, and for "", the key of the collection. */
export const keyOf = (place: string): string => `${vessels.prefix}${place}`;

/** `ns/a` of a key. */
export const placeOf = (key: string): string => key.slice(vessels.prefix.length);
