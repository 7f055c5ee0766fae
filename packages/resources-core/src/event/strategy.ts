import type { Event } from '@orlop/kubernetes-schema/core/v1';
import type { Strategy } from '@orlop/rest';
import { validateEvent } from './validation.ts';

/** Seconds after which an event that nobody repeats is forgotten. */
export const eventLifetime = 3600;

export const eventStrategy: Strategy<Event> = {
  allowCreateOnUpdate: true,
  allowUnconditionalUpdate: true,
  // Each update starts the hour again.
  ttl: () => eventLifetime,
  defaultGarbageCollectionPolicy: () => 'Unsupported',
  validate: (_context, event) => validateEvent(event),
  validateUpdate: (_context, event) => validateEvent(event),
};
