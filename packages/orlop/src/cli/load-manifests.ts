import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { apiVersionOf, type KubernetesObject, parseApiVersion, parseYaml, type Status } from '@orlop/apimachinery';

/** As kubectl splits files: at each line that begins a document. */
const documentBreak = /^---(?:[ \t].*)?$/m;

const extensions = new Set(['.yaml', '.yml', '.json']);

/**
 * Puts the objects of manifests on a server, in the order of files and documents: creates what is missing and merges into
 * what is there. Returns how many there were.
 * @throws Error that names the file, the object and the server's answer
 */
export async function loadManifests(server: string, paths: readonly string[]): Promise<number> {
  let count = 0;
  const mapper = new Mapper(server);
  for (const file of paths.flatMap(manifestFiles)) {
    for (const object of objectsOf(file)) {
      await applyObject(server, mapper, object, file);
      count++;
    }
  }
  return count;
}

function manifestFiles(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return names.flatMap((entry) => {
    if (entry.isDirectory()) return manifestFiles(join(path, entry.name));
    return extensions.has(extname(entry.name)) ? [join(path, entry.name)] : [];
  });
}

function objectsOf(file: string): KubernetesObject[] {
  const documents = readFileSync(file, 'utf8')
    .split(documentBreak)
    .map(parseYaml)
    .filter((document) => document !== null);
  return documents.flatMap((document) => {
    const object = document as KubernetesObject & { items?: KubernetesObject[] };
    return object.kind === 'List' ? (object.items ?? []) : [object];
  });
}

async function applyObject(server: string, mapper: Mapper, object: KubernetesObject, file: string): Promise<void> {
  const name = object.metadata?.name ?? '';
  const what = `${file}: ${object.kind} ${name}`;
  const collection = await mapper.collectionPath(object, what);
  const body = JSON.stringify(object);
  const query = 'fieldManager=orlop-load';
  const created = await call(`${server}${collection}?${query}`, 'POST', 'application/json', body);
  if (created.ok) return;
  if (created.status !== 409) throw new Error(`${what}: ${created.message}`);
  const item = `${server}${collection}/${encodeURIComponent(name)}?${query}`;
  const merged = await call(item, 'PATCH', 'application/merge-patch+json', body);
  if (!merged.ok) throw new Error(`${what}: ${merged.message}`);
}

async function call(url: string, method: string, contentType: string, body: string) {
  const answer = await fetch(url, { method, headers: { 'content-type': contentType }, body });
  const text = await answer.text();
  const message = answer.ok ? '' : ((JSON.parse(text) as Status).message ?? text);
  return { ok: answer.ok, status: answer.status, message };
}

interface DiscoveredResource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** Finds the path of a kind by discovery, asking once for each group version. */
class Mapper {
  readonly #server: string;
  readonly #known = new Map<string, readonly DiscoveredResource[]>();

  constructor(server: string) {
    this.#server = server;
  }

  async collectionPath(object: KubernetesObject, what: string): Promise<string> {
    const version = parseApiVersion(object.apiVersion ?? '');
    if (version === undefined || !object.kind) throw new Error(`${what}: apiVersion and kind are needed`);
    const { group, version: v } = version;
    const base = group === '' ? `/api/${v}` : `/apis/${group}/${v}`;
    const resources = await this.#resources(base);
    const found = resources.find(({ kind, name }) => kind === object.kind && !name.includes('/'));
    if (found === undefined)
      throw new Error(`${what}: this server has no kind ${object.kind} in ${apiVersionOf(group, v)}`);
    if (!found.namespaced) return `${base}/${found.name}`;
    return `${base}/namespaces/${object.metadata?.namespace ?? 'default'}/${found.name}`;
  }

  async #resources(base: string): Promise<readonly DiscoveredResource[]> {
    let resources = this.#known.get(base);
    if (resources === undefined) {
      const answer = await fetch(this.#server + base);
      resources = answer.ok ? ((await answer.json()) as { resources: DiscoveredResource[] }).resources : [];
      this.#known.set(base, resources);
    }
    return resources;
  }
}
