/**
 * Writes packages/kubernetes-schema/src/generated and src/protobuf/generated from the facts of a Kubernetes release:
 *
 *   node tools/kubernetes-schema/generate.mjs --api DIR
 *
 * DIR holds types.json, protobuf.json and openapi/*.json. Plain JavaScript, so that it runs before anything is built.
 * The output depends on the input alone.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openapiName, readFacts } from './facts.mjs';
import { numbersOf, readMessages } from './message-numbers.mjs';
import { apiPackages } from './packages.mjs';
import { fromApimachinery, interfaceOf } from './typescript.mjs';
import { writtenStruct } from './written-form.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({
  options: {
    api: { type: 'string' },
    out: { type: 'string', default: join(here, '../../packages/kubernetes-schema/src') },
  },
});
if (values.api === undefined) {
  console.error('usage: generate.mjs --api DIR [--out DIR]');
  process.exit(2);
}

const facts = readFacts(values.api, join(here, 'named-types.json'));
writeAll(
  'generated',
  apiPackages.map((apiPackage) => [`${apiPackage.path}.ts`, moduleText(apiPackage)]),
);

const messagesHash = createHash('sha256').update(facts.hash);
const messages = readMessages(join(values.api, 'protobuf.json'), messagesHash);
const numbersHash = messagesHash.digest('hex');
writeAll('protobuf/generated', [
  ...apiPackages.map((apiPackage) => [`${apiPackage.path}.ts`, numbersText(apiPackage)]),
  ['loaders.ts', loadersText()],
]);

function writeAll(folder, files) {
  const out = join(values.out, folder);
  rmSync(out, { recursive: true, force: true });
  for (const [name, text] of files) {
    const file = join(out, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** One module: its imports, its schemas as one JSON text, its interfaces. */
function moduleText({ path, go }) {
  const prefix = openapiName(go);
  const names = structNames(go);
  const schemas = Object.fromEntries(names.map((name) => [name, writtenStruct(facts, `${go}.${name}`)]));

  const uses = new Map();
  const nameOfRef = (ref) => {
    if (ref.startsWith(`${prefix}.`)) return ref.slice(prefix.length + 1);
    const owner = ownerOf(ref);
    if (owner === undefined) throw new Error(`${path} refers to ${ref}, whose package is not in the table`);
    uses.set(owner.path, owner);
    return `${namespaceName(owner.path)}.${ref.slice(ref.lastIndexOf('.') + 1)}`;
  };
  const isMeta = path === 'meta/v1';
  const interfaces = names
    .filter((name) => !(isMeta && fromApimachinery.includes(name)))
    .map((name) => interfaceOf(name, schemas[name], nameOfRef));
  const used = [...uses.keys()].sort();
  const shared = fromApimachinery.join(', ');
  const imports = [
    ...(isMeta ? [`import type { ${shared} } from '@orlop/apimachinery';`] : []),
    "import type { Schema } from '@orlop/schema';",
    "import { type PackageTypes, packageTypes } from '../../package-types.ts';",
    ...used.flatMap((from) => [
      `import type * as ${namespaceName(from)} from '../${from}.ts';`,
      `import { ${lookupName(from)} } from '../${from}.ts';`,
    ]),
    ...(isMeta ? ['', `export type { ${shared} };`] : []),
  ];
  return `${headText(facts.hash)}
${imports.join('\n')}

/** Hash of the facts this module was made from. */
export const inputHash = '${facts.hash}';

/** The written form of every struct of ${go}, by name. */
const schemas: Readonly<Record<string, Schema>> = JSON.parse(
  ${quotedJson(schemas)},
);

export type TypeName =
${names.map((name) => `  | '${name}'`).join('\n')};

/** The types of ${go} in read form, by name. */
export const ${lookupName(path)}: PackageTypes<TypeName> = packageTypes('${prefix}', schemas, [${used.map(lookupName).join(', ')}]);

${interfaces.join('\n')}`;
}

/** The numbers of one package; those of the packages it refers to are found through it. */
function numbersText({ go }) {
  const numbers = Object.fromEntries(
    structNames(go).map((name) => [name, numbersOf(facts, messages, `${go}.${name}`)]),
  );
  const used = usedPackages(go);
  const imports = [
    "import { type NumbersByRef, packageNumbers } from '../../package-numbers.ts';",
    ...used.map((from) => `import { numbers as ${lookupName(from)} } from '../${from}.ts';`),
  ];
  return `${headText(numbersHash)}
${imports.join('\n')}

/** Hash of the facts this module was made from. */
export const inputHash = '${numbersHash}';

/** The field numbers of every message of ${go}, by the full name of its struct. */
export const numbers: NumbersByRef = packageNumbers(
  '${openapiName(go)}',
  JSON.parse(
    ${quotedJson(numbers)},
  ),
  [${used.map(lookupName).join(', ')}],
);
`;
}

/** Which module has the numbers of which package, to be imported when somebody needs it. */
function loadersText() {
  const rows = apiPackages.map(({ path, go }) => `  ['${openapiName(go)}', () => import('./${path}.ts')],`);
  return `${headText(numbersHash)}
import type { NumbersByRef } from '../package-numbers.ts';

/** The modules of field numbers by OpenAPI package name. */
export const loaders: ReadonlyMap<string, () => Promise<{ readonly numbers: NumbersByRef }>> = new Map([
${rows.join('\n')}
]);
`;
}

function structNames(go) {
  return Object.keys(facts.types)
    .filter((type) => type.startsWith(`${go}.`) && !facts.ownCodec.has(type))
    .map((type) => type.slice(go.length + 1))
    .sort();
}

/** The other packages that the structs of a package refer to. */
function usedPackages(go) {
  const prefix = openapiName(go);
  const used = new Set();
  const visit = (schema) => {
    if (schema.$ref !== undefined && !schema.$ref.startsWith(`${prefix}.`)) used.add(ownerOf(schema.$ref).path);
    for (const part of [schema.items, schema.additionalProperties, ...Object.values(schema.properties ?? {})]) {
      if (typeof part === 'object') visit(part);
    }
  };
  for (const name of structNames(go)) visit(writtenStruct(facts, `${go}.${name}`));
  return [...used].sort();
}

function ownerOf(ref) {
  const name = ref.slice(ref.lastIndexOf('.') + 1);
  return apiPackages.find((apiPackage) => `${openapiName(apiPackage.go)}.${name}` === ref);
}

function headText(hash) {
  return `// Generated by tools/kubernetes-schema/generate.mjs from the facts of Kubernetes 1.36.3; do not edit.
// input sha256: ${hash}
`;
}

function quotedJson(value) {
  return `'${JSON.stringify(value).replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/** `apps/v1` → `appsV1`. */
function lookupName(path) {
  return path.replace(/\W(.)/g, (_, letter) => letter.toUpperCase());
}

/** `apps/v1` → `AppsV1`. */
function namespaceName(path) {
  return lookupName(path)[0].toUpperCase() + lookupName(path).slice(1);
}
