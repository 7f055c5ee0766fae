import { fileURLToPath } from 'node:url';
import devkit from '@nx/devkit';
import { editFile } from '../edit-file.mjs';
import { camel, kebab, plural } from '../words.mjs';
import { formatChanges } from '../write-formatted.mjs';

const { generateFiles, logger } = devkit;
const files = fileURLToPath(new URL('./files/', import.meta.url));

/** A built-in kind: its folder of fixed files, its row in the definitions, its test. Metadata is held to; the rest is to do. */
export default async function generateResource(tree, { group, version, kind, plural: given, scope = 'Namespaced' }) {
  const folder = `packages/resources-${group}`;
  const schema = `packages/kubernetes-schema/src/generated/${group}/${version}.ts`;
  const definitions = `${folder}/src/definitions.ts`;
  if (!tree.exists(definitions))
    throw new Error(`there is no package ${folder}; make it after packages/resources-apps`);
  const names = namesOf(group, version, kind, given);
  if (tree.exists(`${folder}/src/${names.folder}`)) throw new Error(`${folder}/src/${names.folder} is there already`);
  const values = {
    ...names,
    group,
    version,
    kind,
    scope,
    namespaced: scope === 'Namespaced',
    ...facts(tree, schema, kind),
  };
  generateFiles(tree, `${files}src`, `${folder}/src/${names.folder}`, { ...values, metadata: metadataOf(group) });
  generateFiles(tree, `${files}test`, `${folder}/test`, values);
  define(tree, definitions, values);
  listInIndex(tree, `${folder}/src/index.ts`, names.list);
  formatChanges(tree);
  return () => logger.info(nextSteps(folder, values));
}

function namesOf(group, version, kind, given) {
  const resource = given ?? plural(kind.toLowerCase());
  const list = plural(camel(kind));
  return {
    folder: kebab(kind),
    body: camel(kind),
    resource,
    // What the definition is called: `limitRanges`, or the plural itself where that is irregular.
    list: list.toLowerCase() === resource ? list : resource,
    typeOf: `${group}${version[0].toUpperCase()}${version.slice(1)}`,
    apiGroup: group === 'core' ? '' : group,
  };
}

/** What the generated type of the kind tells: that there is one, and what its status is. */
function facts(tree, schema, kind) {
  const text = tree.read(schema, 'utf8');
  const declared = new RegExp(`^export interface ${kind} \\{\\n([^}]*)^\\}`, 'm').exec(text ?? '')?.[1];
  if (!declared?.includes('metadata: MetaV1.ObjectMeta')) throw new Error(`${schema} has no kind ${kind}`);
  const status = /^ {2}status(\??): (\w+);/m.exec(declared);
  return {
    status: status?.[2],
    statusRequired: status?.[1] === '',
    spec: /^ {2}spec\??: /m.test(declared),
    specRequired: /^ {2}spec: /m.test(declared),
  };
}

const metadataOf = (group) =>
  group === 'core' ? '../metadata/validate-metadata.ts' : '@orlop/resources-core/metadata';

function define(tree, path, { kind, list, resource, scope, status, folder, body, group, version }) {
  const entries = tree.read(path, 'utf8');
  // A package whose kinds all have one scope says it once.
  const scopes = entries.includes("    scope: 'Namespaced',") || entries.includes(", scope: 'Namespaced' }");
  if (!scopes && scope !== 'Namespaced') throw new Error(`${path}: define() there makes namespaced kinds only`);
  const header = [
    `kind: '${kind}'`,
    `plural: '${resource}'`,
    `singular: '${kind.toLowerCase()}'`,
    ...(scopes ? [`scope: '${scope}'`] : []),
    ...(status ? [`subresources: [status('${kind}')]`] : []),
  ];
  const entry = `export const ${list}: ResourceDefinition<${kind}> = define(
  { ${header.join(', ')} },
  async () => (await import('./${folder}/index.ts')).${body},
);

`;
  const types = new RegExp(`(import type \\{)([^}]*\\} from '@orlop/kubernetes-schema/${group}/${version}';)`);
  editFile(tree, path, types, `$1 ${kind},$2`);
  const next = [...entries.matchAll(/^export const (\w+): ResourceDefinition</gm)].find(([, name]) => name > list);
  const place = next ? new RegExp(`^export const ${next[1]}: `, 'm') : /^\/\*\* All resources of this package/m;
  editFile(tree, path, place, (found) => entry + found);
  editFile(tree, path, /(: readonly ResourceDefinition\[\] = \[\n)([^\]]*)(\] as)/, (_, head, rows, tail) => {
    const sorted = [...rows.split('\n').filter(Boolean), `  ${list},`].sort();
    return `${head}${sorted.join('\n')}\n${tail}`;
  });
}

function listInIndex(tree, path, list) {
  editFile(
    tree,
    path,
    /(export \{)([^}]*)(\} from '\.\/definitions\.ts';\s*)(?!.*export \{[^}]*\} from '\.\/definitions)/s,
    (_, ...parts) => {
      const [head, names, tail] = parts;
      return `${head} ${[
        ...names
          .split(',')
          .map((name) => name.trim())
          .filter(Boolean),
        list,
      ]
        .sort()
        .join(', ')} ${tail}`;
    },
  );
}

const nextSteps = (folder, { folder: kindFolder, resource, kind }) => `
Next, as docs/guides/add-a-resource.md tells:
  ${folder}/src/${kindFolder}/   defaults, validation, strategy, columns
  ${folder}/src/definitions.ts   short names and categories of ${resource}, as discovery shows them
  ${folder}/test/${kindFolder}.test.ts, and the columns of ${resource} in test/definitions.test.ts, where there are such
  a manifest of a ${kind} in examples/manifests, and npx changeset
`;
