import { fileURLToPath } from 'node:url';
import devkit from '@nx/devkit';
import { editFile } from '../edit-file.mjs';
import { pascal } from '../words.mjs';
import { formatChanges } from '../write-formatted.mjs';

const { generateFiles, logger, readJson, updateJson } = devkit;
const files = fileURLToPath(new URL('./files/', import.meta.url));
const layers = 'tests/workspace/layers.test.ts';

/** A package that is a backend in everything but its methods, and its entries in the places that list packages. */
export default async function generateBackend(tree, { name }) {
  const folder = `packages/backend-${name}`;
  if (tree.exists(folder)) throw new Error(`${folder} is there already`);
  const { version } = readJson(tree, 'packages/storage-interface/package.json');
  generateFiles(tree, `${files}package`, folder, { name, version, Backend: `${pascal(name)}Backend` });
  generateFiles(tree, `${files}docs`, 'docs/backends', { name, Backend: `${pascal(name)}Backend` });
  tree.write(`${folder}/LICENSE`, tree.read('LICENSE'));
  listInBuild(tree, `backend-${name}`);
  // Behind the other backends; its arrows are theirs.
  const row = `'backend-${name}': { src: ['storage-interface'], test: ['conformance'] },`;
  editFile(tree, layers, /((?:^ {2}'backend-[^\n]*\n)+)/m, `$1  ${row}\n`);
  formatChanges(tree);
  return () => logger.info(nextSteps(name, folder));
}

function listInBuild(tree, name) {
  updateJson(tree, 'tsconfig.json', ({ references, ...rest }) => {
    const last = references.findLastIndex(({ path }) => path.startsWith('packages/backend-'));
    return { ...rest, references: references.toSpliced(last + 1, 0, { path: `packages/${name}` }) };
  });
}

const nextSteps = (name, folder) => `
Next, as docs/guides/add-a-backend.md tells:
  npm install --ignore-scripts          links the package
  npx vitest run ${folder}   every case of the kit by name, red until it is written
  ${folder}/src/options.ts, ${name}-backend.ts, translate-error.ts
  ${folder}/test/conformance.test.ts        a place of its own for each case
  tests/matrix                                   the Storage kit over it
  docs/backends/${name}.md, a row in README.md, a scheme in packages/orlop/src/open-backend.ts
  npx changeset
`;
