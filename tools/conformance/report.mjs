#!/usr/bin/env node
// Writes docs/conformance.md: every case of the kits × every implementation. Takes a minute or two.
//   node --import ./tools/run-from-source/register.mjs tools/conformance/report.mjs [--without etcd]
// Exits with 1 when a case failed; the page then shows which.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runCase } from '@orlop/conformance';
import { conformancePage } from './conformance-page.mjs';
import { judged } from './judged.mjs';

const page = fileURLToPath(new URL('../../docs/conformance.md', import.meta.url));
const without = process.argv.flatMap((argument, i, all) => (all[i - 1] === '--without' ? [argument] : []));

// Timers and threads of backends do not keep a process alive, and a case may wait for nothing else.
const awake = setInterval(() => {}, 60_000);
const sections = [];
for (const { title, text, implementations } of judged(without)) {
  const columns = [];
  for (const { name, kit } of implementations) {
    const results = [];
    for (const one of kit.cases) {
      const result = await runCase(kit, one);
      results.push(result);
      if (result.outcome === 'failed') console.error(`${name}: ${one.id}: ${result.error}`);
    }
    console.error(`${title}: ${name}: ${results.length} cases`);
    columns.push({ name, results });
  }
  sections.push({ title, text, cases: implementations[0].kit.cases, columns });
}
clearInterval(awake);
writeFileSync(page, conformancePage(sections));
const failed = sections.some(({ columns }) => columns.some(({ results }) => results.some(isFailure)));
process.exit(failed ? 1 : 0);

function isFailure({ outcome }) {
  return outcome === 'failed';
}
