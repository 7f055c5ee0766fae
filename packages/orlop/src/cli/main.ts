import { usualCompactionInterval } from '@orlop/storage';
import { Command, InvalidArgumentError, Option } from 'commander';
import { orlopVersion } from '../version.ts';
import { duration } from './duration.ts';
import { exec } from './exec.ts';
import { serve } from './serve.ts';

const storageHelp = 'where the data is kept: memory://, or sqlite://PATH, e.g. sqlite://./orlop.db';

/** The `orlop` command. Resolves with the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  let code = 0;
  const program = new Command('orlop')
    .description('A Kubernetes-compatible API in one Node process. Without a command: serve from memory, to try.')
    .version(orlopVersion)
    .showHelpAfterError()
    .enablePositionalOptions()
    .exitOverride();
  const finish = async (running: Promise<number>): Promise<void> => {
    code = await running;
  };

  serving(program.command('serve', { isDefault: true }).description('serve until stopped'))
    .addOption(new Option('--kubeconfig <path>', 'write the kubeconfig here (default: a temporary file)'))
    .action((options) => finish(serve(options)));

  serving(
    program
      .command('exec')
      .description('start a server, run a command with KUBECONFIG set, stop, return its exit code'),
  )
    .usage('[options] -- COMMAND [ARG...]')
    .argument('<command...>', 'the command and its arguments')
    .passThroughOptions()
    .action((command: string[], options) => finish(exec(command, options)));

  program
    .command('copy')
    .description('copy all data from one store to another, compare both; run again, it goes on where it was')
    .requiredOption('--from <url>', 'the store to read, e.g. sqlite://./dev.db; no server may have the file open')
    .requiredOption(
      '--to <url>',
      'the store to write, made when missing; it must be empty or hold an earlier part of this copy',
    )
    .option('--replace', 'make a target that holds other data like the source: overwrite and delete what differs')
    .option('--prefix <prefix>', 'only keys that begin with it', '')
    .addOption(repeated('--exclude <prefix>', 'leave out keys that begin with it; may be repeated'))
    .action(async (options) => finish((await import('./copy.ts')).copy(options)));

  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    const { code: reason, exitCode } = error as { code?: string; exitCode?: number };
    if (reason?.startsWith('commander.')) return exitCode ?? 1;
    process.stderr.write(`orlop: ${(error as Error).message}\n`);
    return 1;
  }
  return code;
}

/** Options of every command that runs a server. */
function serving(command: Command): Command {
  return command
    .addOption(new Option('--storage <url>', storageHelp).default('memory://'))
    .addOption(
      new Option('--port <number>', 'port to listen on; 0 takes a free one (default: 8080, or a free one)').argParser(
        port,
      ),
    )
    .addOption(new Option('--host <address>', 'address to listen on').default('127.0.0.1'))
    .addOption(repeated('--load <path>', 'a manifest, or a folder of manifests, to apply at start; may be repeated'))
    .addOption(
      new Option('--compaction-interval <time>', 'how often old history is forgotten; 0 keeps all of it')
        .argParser(duration)
        .default(usualCompactionInterval, '5m'),
    )
    .addOption(new Option('--controllers <names>', 'which controllers run').choices(['none']).default('none'));
}

function repeated(flags: string, description: string): Option {
  const option = new Option(flags, description).default([], 'none');
  return option.argParser((value: string, before: string[]) => [...before, value]);
}

function port(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > 65_535) throw new InvalidArgumentError('it must be a number from 0 to 65535.');
  return number;
}
