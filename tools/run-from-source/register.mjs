// Lets Node run the workspace from its TypeScript sources: `node --import …/tools/run-from-source/register.mjs file.ts`.
// Workers inherit the option, so a worker.ts starts too, which loaders that only patch the main thread cannot do.
import module from 'node:module';

if (typeof module.registerHooks === 'function') {
  // Node 22.15 and newer: hooks in the same thread.
  const { load, resolve } = await import('./hooks.mjs');
  module.registerHooks({ load, resolve });
} else {
  module.register(new URL('./hooks.mjs', import.meta.url));
}

// vitest maps positions itself; both at once would map them twice.
if (!process.env.VITEST) process.setSourceMapsEnabled(true);
