import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeKubeconfig } from '../kubeconfig.ts';
import { banner } from './banner.ts';
import { untilStopped } from './signals.ts';
import { type StartOptions, start } from './start.ts';

/** Serves until SIGINT or SIGTERM, then ends cleanly and leaves nothing behind but the data. */
export async function serve(options: StartOptions & { readonly kubeconfig?: string }): Promise<number> {
  const stopped = untilStopped();
  const { server, url, loaded } = await start(options);
  const scratch = options.kubeconfig === undefined ? mkdtempSync(join(tmpdir(), 'orlop-')) : undefined;
  let removeKubeconfig = (): void => {};
  try {
    const kubeconfig = options.kubeconfig ?? join(scratch!, 'kubeconfig');
    removeKubeconfig = writeKubeconfig(kubeconfig, url);
    process.stdout.write(
      banner({ url, kubeconfig, storage: options.storage, loaded, milliseconds: process.uptime() * 1000 }),
    );
    await stopped;
    return 0;
  } finally {
    removeKubeconfig();
    if (scratch !== undefined) rmSync(scratch, { recursive: true, force: true });
    await server.close();
  }
}
