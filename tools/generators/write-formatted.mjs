import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const biome = `${root}node_modules/@biomejs/biome/bin/biome`;

/**
 * Formats every TypeScript file that the tree has created or changed, by the workspace's own rules. Nx's `formatFiles`
 * knows only Prettier.
 */
export function formatChanges(tree) {
  for (const { path, type, content } of tree.listChanges()) {
    const ours = type !== 'DELETE' && path.endsWith('.ts') && !path.includes('/generated/');
    if (ours) tree.write(path, formatted(path, content));
  }
}

function formatted(path, content) {
  const args = [biome, 'check', '--write', `--stdin-file-path=${path}`];
  return execFileSync(process.execPath, args, { cwd: root, input: content, stdio: ['pipe', 'pipe', 'inherit'] });
}
