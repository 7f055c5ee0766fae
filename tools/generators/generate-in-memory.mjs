// Runs a generator on files that are only in memory, for tests: JSON `{ generator, files, options }` comes in on stdin,
// `{ files }`, those that it made or changed, or `{ error }` goes out on stdout. In a process of its own, because vitest
// adds the condition `import` to what `require` resolves by, and Nx then gets the wrong build of its template engine.
import { text } from 'node:stream/consumers';
import devkitTesting from '@nx/devkit/testing';
import generateBackend from './backend/generate-backend.mjs';
import generateResource from './resource/generate-resource.mjs';

const generators = { backend: generateBackend, resource: generateResource };
const { generator, files, options } = JSON.parse(await text(process.stdin));
const tree = devkitTesting.createTree();
for (const { path } of tree.listChanges()) tree.delete(path);
for (const [path, content] of Object.entries(files)) tree.write(path, content);
process.stdout.write(JSON.stringify(await generate()));

async function generate() {
  try {
    await generators[generator](tree, options);
  } catch (error) {
    return { error: error.message };
  }
  const contents = tree.listChanges().map(({ path }) => [path, tree.read(path, 'utf8')]);
  return { files: Object.fromEntries(contents.filter(([path, content]) => files[path] !== content)) };
}
