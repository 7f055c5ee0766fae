// The two hooks: siblings resolve to their sources (export condition @orlop/source), and types are stripped on loading.
// Measured on 25 of our files, library load included: oxc (through rolldown) 33 ms, esbuild 77, amaro 138,
// sucrase 150, typescript 610.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'rolldown/utils';

/** Same shape for asynchronous and synchronous hooks: each returns what the next one returns. */
export function resolve(specifier, context, nextResolve) {
  return nextResolve(specifier, { ...context, conditions: [...context.conditions, '@orlop/source'] });
}

export function load(url, context, nextLoad) {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return nextLoad(url, context);
  const path = fileURLToPath(url);
  const { code, map, errors } = transformSync(path, readFileSync(path, 'utf8'), {
    sourcemap: true,
    target: 'es2023',
    typescript: { onlyRemoveTypeImports: true },
  });
  if (errors.length > 0) throw new SyntaxError(`${path}: ${errors.map((error) => error.message).join('; ')}`);
  const comment = Buffer.from(JSON.stringify(map)).toString('base64');
  return {
    format: 'module',
    source: `${code}\n//# sourceMappingURL=data:application/json;base64,${comment}\n`,
    shortCircuit: true,
  };
}
