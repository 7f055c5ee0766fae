import { defineConfig } from 'vitest/config';

/** One project per folder with tests; everything runs from source (condition @orlop/source), no build needed. */
export default defineConfig({
  ssr: { resolve: { conditions: ['@orlop/source', 'node', 'import', 'module', 'default'] } },
  resolve: { conditions: ['@orlop/source', 'node', 'import', 'module', 'default'] },
  test: {
    include: ['packages/*/test/**/*.test.ts', 'tests/**/*.test.ts', 'tools/**/*.test.ts'],
    pool: 'forks',
    // Worker threads are loaded by Node itself, not by vitest: this lets them run from source too.
    execArgv: ['--import', new URL('./tools/run-from-source/register.mjs', import.meta.url).href],
    testTimeout: 20_000,
  },
});
