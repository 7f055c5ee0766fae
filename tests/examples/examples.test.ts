import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What each example prints. */
const printed: Readonly<Record<string, string>> = {
  'custom-resource.ts': `created with its default: {"size":3,"color":"red"}
refused: Widget.example.dev "first" is invalid: spec.color: Invalid value: "blue": field is immutable
grown: {"size":7,"color":"red"}
`,
  'store-only.ts': `created at revision 2
updated at revision 3 hello, world
as it was: hello
watched: ADDED hello | MODIFIED hello, world | DELETED hello, world
`,
};

describe('examples', () => {
  it.each(Object.entries(printed))('%s prints what it says', (name, expected) => {
    const args = ['--import', './tools/run-from-source/register.mjs', `examples/${name}`];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: root,
      encoding: 'utf8',
      timeout: 20_000,
    });
    expect(stderr).toBe('');
    expect(stdout).toBe(expected);
    expect(status).toBe(0);
  });
});
