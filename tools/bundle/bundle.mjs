#!/usr/bin/env node
// Bundles what the `orlop` command runs: some 600 small modules load in 250 ms one by one and in 60 ms as a few files.
// Definitions stay chunks of their own, loaded when a request needs them. Backends with native code stay outside.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('../../', import.meta.url));
const target = `${root}packages/orlop/bundle`;

rmSync(target, { recursive: true, force: true });
const bundle = await rolldown({
  input: { main: `${root}packages/orlop/dist/cli/main.js` },
  platform: 'node',
  external: [/^@orlop\/backend-(?!memory)/, 'better-sqlite3'],
});
const { output } = await bundle.write({
  dir: target,
  format: 'esm',
  chunkFileNames: '[name]-[hash].js',
  comments: false,
});
await bundle.close();
writeFileSync(`${target}/LICENSES.txt`, licences(output.flatMap(({ moduleIds = [] }) => moduleIds)));

/** Their authors ask that their terms go wherever their code goes. */
function licences(modules) {
  const others = modules.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? []);
  const texts = [...new Set(others)].sort().map((folder) => {
    const { name, version } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`${name} has no licence to pass on`);
    return `${name} ${version}\n\n${readFileSync(`${folder}/${file}`, 'utf8').trim()}\n`;
  });
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}
