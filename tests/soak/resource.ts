import { defineResource, type Resource } from '@orlop/rest';
import { object, string } from '@orlop/schema';

/** What is written and watched: small objects that many selectors can tell apart. */
export const vessels = defineResource({
  group: 'harbor.orlop.dev',
  version: 'v1',
  kind: 'Vessel',
  scope: 'Namespaced',
  storagePrefix: 'vessels',
  schema: object({ spec: object({ berth: string(), cargo: string() }) }),
  selectableFields: (at) => ({ 'spec.berth': at.spec.berth }),
});

export type Vessel = Resource<typeof vessels>;

export const namespaces = ['north', 'south', 'south-east', 'west'] as const;
export const names = Array.from({ length: 60 }, (_, i) => `v${i}`);
export const berths = ['', 'quay', 'pier', 'dock', 'roads'] as const;
export const tiers = ['gold', 'tin', 'lead'] as const;
