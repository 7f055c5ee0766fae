import { methodNotSupported, type Pace, statusOf } from '@orlop/apimachinery';
import { isWatcher, type Watcher } from '@orlop/rest';
import { readIncludeObject } from '../answer/represent.ts';
import { headersOf } from '../answer/respond.ts';
import { objectForm } from '../answer/send-object.ts';
import type { Call } from '../http/call.ts';
import { negotiate } from '../negotiation/output.ts';
import { type CollectionOptions, onlyNamed, readCollectionOptions, watchOptionsOf } from '../options/list-options.ts';
import { EventLines, errorLine } from '../watch/event-lines.ts';
import { WatchStream } from '../watch/watch-stream.ts';
import type { Handler, Handling } from './handling.ts';
import { nameOf } from './scope.ts';

/** GET of a collection that goes on. */
export const watch: Handler = async (server, call, target) => {
  const { storage } = target;
  if (storage === undefined || !isWatcher(storage)) throw methodNotSupported(target.entry.groupResource, 'watch');
  objectForm(call);
  const asked = readCollectionOptions(call.query, target.body, target.namespaced);
  const options = call.request.name === '' ? asked : onlyNamed(asked, nameOf(call, target));
  const form = negotiate(call.incoming.header('accept'), false, { transformations: true, stream: true });
  const include = form.as === 'table' ? readIncludeObject(call.query.text('includeObject')) : 'Metadata';
  const { runtime, watches, limits } = server;
  const lifetimeSeconds = lifetime(server, options.timeoutSeconds);
  const pace: Pace = {
    hasRoom: () => stream.hasRoom,
    onRoom: (callback) => stream.onRoom(callback),
  };
  const events = await (storage as Watcher).watch(call, { ...watchOptionsOf(options), lifetimeSeconds, pace });
  if (call.outgoing.closed || call.expired) return;

  const formKey = `${target.apiVersion} ${target.entry.header.plural} ${form.as} ${form.metaVersion} ${include}`;
  const key = `${formKey} ${groupKey(call, options)}`;
  const group = watches.join(key, formKey, () => new EventLines({ target, form, include }));
  const body = call.outgoing.open(200, headersOf(call, 'application/json', -1));

  let cancelTimer: () => void = () => {};
  let unsubscribe: () => void = () => {};
  const stream = new WatchStream(body, group, limits.watchBacklog, () => {
    cancelTimer();
    unsubscribe();
    watches.leave(key, formKey, stream);
  });
  call.outgoing.onClose(() => stream.drop());
  if (watches.closed) return stream.finish();

  if (lifetimeSeconds <= 0) return stream.finish();
  cancelTimer = runtime.timers.after(lifetimeSeconds * 1000, () => stream.finish());

  let first = true;
  const subscription = events.subscribe({
    next(event) {
      const line = group.lines.line(event, first, runtime.clock.now());
      first = false;
      if (line === undefined) return stream.finish();
      stream.push(line);
      if (event.type === 'ERROR') stream.finish();
    },
    error(error: unknown) {
      stream.push(errorLine(statusOf(error)));
      stream.finish();
    },
    complete: () => stream.finish(),
  });
  unsubscribe = () => subscription.unsubscribe();
  // A stream that ended while its first events came in had nothing to unsubscribe.
  if (stream.ended) unsubscribe();
};

/** Seconds: as asked, else a random time, so that not all clients come back at once. */
function lifetime({ runtime, limits }: Handling, asked: number | undefined): number {
  if (asked !== undefined && asked !== 0) return asked;
  return limits.watchSeconds + runtime.random.integer(limits.watchSeconds);
}

function groupKey(call: Call, options: CollectionOptions): string {
  return `${call.request.namespace} ${options.labelSelector.toString()} ${options.fieldSelector.toString()}`;
}
