import { parentPort, workerData } from 'node:worker_threads';
import { Committer } from './committer.ts';
import { loadDriver } from './driver.ts';
import { openStore } from './schema.ts';
import { type Phase, toPlain } from './translate-error.ts';
import type { WriterAnswer, WriterOptions, WriterRequest } from './writer.ts';

/** The thread that writes. Opening is answered as call 0; after that one answer per request, in order. */

const port = parentPort!;
const options = workerData as WriterOptions;
let committer: Committer | undefined;

const answer = (id: number, work: () => unknown, phase: () => Phase): void => {
  try {
    const value = work();
    port.postMessage({ id, value } satisfies WriterAnswer);
  } catch (error) {
    port.postMessage({ id, error: toPlain(error, phase()) } satisfies WriterAnswer);
  }
};

function serve(committer: Committer, request: WriterRequest): unknown {
  switch (request.do) {
    case 'commit':
      return committer.commit(request.batch);
    case 'compact':
      return committer.compact(request.revision);
    case 'sweep':
      return committer.sweep();
    case 'checkpoint':
      return committer.checkpoint();
    case 'close':
      return committer.close();
  }
}

try {
  const open = await loadDriver(options.driver);
  answer(
    0,
    () => {
      const database = open(options.path);
      const state = openStore(database, options.settings);
      committer = new Committer(database, state);
      return state;
    },
    () => 'open',
  );
} catch (error) {
  port.postMessage({ id: 0, error: toPlain(error, 'open') } satisfies WriterAnswer);
}

port.on('message', (request: WriterRequest) => {
  const present = committer;
  if (present)
    answer(
      request.id,
      () => serve(present, request),
      () => present.phase,
    );
});
