import { defineConfig, mergeConfig } from 'vitest/config';
import workspace from '../../vitest.config.ts';

/** For examples that are test files: as in the workspace, but only files of this name, which its own run does not see. */
export default mergeConfig(workspace, defineConfig({ test: { include: ['*.spec.ts'] } }));
