import type { Descriptions } from '../descriptions.ts';
import { listOf, objectFields } from '../recurring-texts.ts';

export const eventDescriptions: Descriptions = {
  Event: {
    '': 'A report that something happened to an object. Events are kept for about an hour, may be lost, and are for people rather than programs.',
    ...objectFields,
    involvedObject: 'The object to which it happened. It must be in the namespace of the event.',
    reason: 'One CamelCase word for why it happened, such as FailedScheduling.',
    message: 'What happened, for people.',
    source: 'Who reports it. Newer reporters use reportingComponent and reportingInstance.',
    firstTimestamp: 'When it happened first. Newer reporters use eventTime.',
    lastTimestamp: 'When it happened last. Newer reporters use series.',
    count: 'How often it happened. Newer reporters use series.',
    type: 'How grave it is: Normal or Warning. Others may follow.',
    eventTime: 'When it happened first, to the microsecond.',
    series: 'Count of repetitions; absent for something that happened once.',
    action: 'What was done or failed to be done to the object, in one word.',
    related: 'A second object that has to do with it, if any.',
    reportingComponent: 'Name of the controller that reports it, such as kubernetes.io/kubelet.',
    reportingInstance: 'Which instance of the controller reports it, such as the name of its pod or node.',
  },
  EventList: listOf('Events'),
  EventSeries: {
    '': 'How often and until when an event happened again.',
    count: 'Number of occurrences up to the last update of the event.',
    lastObservedTime: 'When it was last seen to happen.',
  },
  EventSource: {
    '': 'Who reports an event.',
    component: 'Name of the program that reports it.',
    host: 'Name of the node on which the program runs.',
  },
};
