import { humanDuration } from '@orlop/apimachinery';
import type { Event } from '@orlop/kubernetes-schema/core/v1';
import { type Column, column } from '@orlop/rest';

const wide = 1;

/** How long ago a time was, `<unknown>` when it is not set. */
function since(time: string | null | undefined, now: number): string {
  return time ? humanDuration(now - Date.parse(time)) : '<unknown>';
}

/** Events with a series are as recent as the series. */
const lastSeen = ({ series, lastTimestamp, firstTimestamp, eventTime }: Event, now: number) =>
  since(series ? series.lastObservedTime : (lastTimestamp ?? firstTimestamp ?? eventTime), now);

const firstSeen = ({ firstTimestamp, eventTime }: Event, now: number) => since(firstTimestamp ?? eventTime, now);

/** Events of the new API stand for one occurrence when they have no series. */
const count = ({ series, count = 0 }: Event) => (series ? (series.count ?? 0) : count || 1);

function about({ involvedObject: { kind = '', name } }: Event): string {
  return name ? `${kind.toLowerCase()}/${name}` : kind.toLowerCase();
}

function source({ source: { component, host }, reportingComponent, reportingInstance }: Event): string {
  return [component || reportingComponent, host || reportingInstance].filter((part, at) => at === 0 || part).join(', ');
}

export const eventColumns: readonly Column<Event>[] = [
  column('Last Seen', 'string', lastSeen, { description: 'How long ago the event happened last.' }),
  column('Type', 'string', ({ type = '' }: Event) => type, {
    description: 'Normal or Warning, or a type of the reporter.',
  }),
  column('Reason', 'string', ({ reason = '' }: Event) => reason, {
    description: 'Why it happened, as one word for programs.',
  }),
  column('Object', 'string', about, { description: 'What the event is about.' }),
  column('Subobject', 'string', ({ involvedObject }: Event) => involvedObject.fieldPath ?? '', {
    description: 'The part of the object that the event is about.',
    priority: wide,
  }),
  column('Source', 'string', source, { description: 'Who reported it.', priority: wide }),
  column('Message', 'string', ({ message = '' }: Event) => message.trim(), {
    description: 'What happened, for people.',
  }),
  column('First Seen', 'string', firstSeen, { description: 'How long ago it happened first.', priority: wide }),
  column('Count', 'string', count, { description: 'How often it happened.', priority: wide }),
  column('Name', 'string', ({ metadata }: Event) => metadata.name ?? '', {
    description: 'Name of the event.',
    format: 'name',
    priority: wide,
  }),
];
