import type { WriteStream } from 'node:tty';
import { Presets, SingleBar } from 'cli-progress';
import type { CopyProgress } from '../copy-store.ts';

export interface ProgressDisplay {
  readonly update: (progress: CopyProgress) => void;
  end(): void;
}

const titles: Readonly<Record<CopyProgress['phase'], string>> = {
  compare: 'comparing',
  copy: 'copying',
  verify: 'verifying',
};

/** A bar for people; a line for every tenth, where nobody sees a bar move. */
export function showProgress(stream: NodeJS.WriteStream): ProgressDisplay {
  return stream.isTTY ? bar(stream) : lines(stream);
}

function bar(stream: WriteStream): ProgressDisplay {
  const shown = new SingleBar(
    {
      stream,
      format: '{title} [{bar}] {percentage}% | {value} of {total} keys | {eta_formatted} left',
      hideCursor: true,
      clearOnComplete: true,
      // Ctrl-C is ours: it stops between two writes.
      gracefulExit: false,
    },
    Presets.legacy,
  );
  let phase: string | undefined;
  return {
    update(progress) {
      const title = titles[progress.phase].padEnd(9);
      if (phase === progress.phase) shown.update(progress.done, { title });
      else {
        if (phase !== undefined) shown.stop();
        shown.start(progress.total, progress.done, { title });
      }
      phase = progress.phase;
    },
    end: () => shown.stop(),
  };
}

function lines(stream: NodeJS.WriteStream): ProgressDisplay {
  let shown = '';
  return {
    update({ phase, done, total }) {
      const tenth = total === 0 ? 10 : Math.floor((done * 10) / total);
      const line = `${titles[phase]} ${tenth * 10} %`;
      if (line === shown) return;
      shown = line;
      stream.write(`${line} (${done} of ${total} keys)\n`);
    },
    end() {},
  };
}
