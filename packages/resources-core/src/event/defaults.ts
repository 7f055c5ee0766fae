import type { Event } from '@orlop/kubernetes-schema/core/v1';
import { type Defaults, defaults } from '@orlop/rest';

/** Nothing is filled in. */
export const eventDefaults: Defaults<Event> = defaults(() => []);
