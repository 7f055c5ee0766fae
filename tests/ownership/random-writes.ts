import type { FieldNode, StructNode } from '@orlop/schema';
import type { Kind } from './kinds.ts';
import type { Random } from './random.ts';
import { type Oddities, RandomValues } from './random-value.ts';
import { vocabulary } from './vocabulary.ts';

type Json = Record<string, unknown>;

export interface Write {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With the query. */
  readonly path: string;
  readonly contentType: string;
  readonly body: string;
  readonly apply?: { readonly manager: string; readonly force: boolean; readonly config: Json };
}

const patchTypes = {
  merge: 'application/merge-patch+json',
  json: 'application/json-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
} as const;

const managers = ['alice', 'bob', 'carol', 'kubectl'];
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** Random writes to one object, each made with a look at what is there. */
export class RandomWrites {
  readonly #random: Random;
  readonly #kind: Kind;
  readonly #namespace: string;
  readonly #name: string;
  readonly #values: RandomValues;
  readonly #edits: boolean;
  /** What each manager applied last. */
  readonly #configs = new Map<string, Json>();

  /** @param edits whether clients edit managedFields, so that anything may stand there */
  constructor(random: Random, kind: Kind, namespace: string, name: string, oddities: Oddities, edits = true) {
    this.#edits = edits;
    this.#random = random;
    this.#kind = kind;
    this.#namespace = namespace;
    this.#name = name;
    this.#values = new RandomValues(random, vocabulary, oddities);
  }

  next(stored: object | undefined): Write {
    const random = this.#random;
    // Bodies are made by changing it.
    const live = structuredClone(stored) as Json | undefined;
    if (live === undefined) return random.chance(0.4) ? this.#apply(undefined) : this.#create();
    const step = random.weighted({
      apply: 12,
      merge: 4,
      json: 3,
      strategic: 4,
      put: 4,
      subresource: this.#kind.subresources.length > 0 ? 5 : 0,
      managed: this.#edits ? 1 : 0,
      clientSide: 1,
      remove: 0.2,
    });
    switch (step) {
      case 'apply':
        return this.#apply(live);
      case 'merge':
        return this.#patch('merge', this.#partial());
      case 'strategic':
        return this.#patch('strategic', this.#strategic(live));
      case 'json':
        return this.#patch('json', this.#operations(live));
      case 'put':
        return this.#put(live);
      case 'subresource':
        return this.#subresource(live);
      case 'managed':
        return this.#editManaged(live);
      case 'clientSide':
        return this.#clientSide();
      case 'remove':
        return this.#write('DELETE', '', 'application/json', {}, {});
    }
  }

  #create(): Write {
    const { root, plural } = this.#kind;
    const object = this.#whole(0.25);
    if (this.#random.chance(0.05)) (object['metadata'] as Json)['managedFields'] = [];
    const path = `${root}/namespaces/${this.#namespace}/${plural}?fieldManager=${this.#random.of(managers)}`;
    return { method: 'POST', path, contentType: 'application/json', body: JSON.stringify(object) };
  }

  #put(live: Json): Write {
    const random = this.#random;
    let object: Json;
    if (random.chance(0.5)) {
      object = merged(live, this.#partial()) as Json;
      const metadata = object['metadata'] as Json;
      if (random.chance(0.7)) delete metadata['resourceVersion'];
      if (random.chance(0.3)) delete metadata['managedFields'];
    } else object = this.#whole(0.25);
    if (random.chance(0.1)) duplicateSomething(object, random);
    return this.#write('PUT', '', 'application/json', object, this.#query());
  }

  #patch(type: 'merge' | 'json' | 'strategic', body: unknown, subresource = ''): Write {
    return this.#write('PATCH', subresource, patchTypes[type], body, this.#query());
  }

  #query(): Record<string, string> {
    const random = this.#random;
    const query: Record<string, string> = { fieldManager: random.of(managers) };
    if (random.chance(0.05)) query['dryRun'] = 'All';
    if (random.chance(0.1)) query['fieldValidation'] = random.of(['Strict', 'Ignore', 'Warn']);
    return query;
  }

  #apply(live: Json | undefined): Write {
    const random = this.#random;
    const manager = random.of(managers);
    const before = this.#configs.get(manager);
    let config: Json;
    const how = random.weighted({
      fresh: 3,
      same: before === undefined ? 0 : 2,
      less: before === undefined ? 0 : 5,
      more: before === undefined ? 0 : 4,
      live: live === undefined ? 0 : 2,
    });
    if (how === 'fresh') config = random.chance(0.6) || live === undefined ? this.#whole(0.2) : this.#part(0.25);
    else if (how === 'same') config = structuredClone(before!);
    else if (how === 'less') {
      config = structuredClone(before!);
      for (let left = 1 + random.below(3); left > 0; left--) takeSomething(config, random);
    } else if (how === 'more') config = merged(before!, this.#part(0.1)) as Json;
    else {
      config = structuredClone(live!);
      const { labels, annotations, finalizers, ownerReferences } = config['metadata'] as Json;
      config['metadata'] = JSON.parse(JSON.stringify({ labels, annotations, finalizers, ownerReferences })) as Json;
      if (random.chance(0.7)) delete config['status'];
      for (let left = random.below(8); left > 0; left--) takeSomething(config, random);
    }
    this.#settleName(config, live === undefined || random.chance(0.8));
    const force = random.chance(0.4);
    const query: Record<string, string> = { fieldManager: manager };
    if (force) query['force'] = 'true';
    if (random.chance(0.05)) query['dryRun'] = 'All';
    else this.#configs.set(manager, config);
    const body = structuredClone(config);
    if (random.chance(0.03)) duplicateSomething(body, random);
    return {
      ...this.#write('PATCH', '', patchTypes.apply, body, query),
      apply: { manager, force, config: body },
    };
  }

  #subresource(live: Json): Write {
    const random = this.#random;
    const subresource = random.of(this.#kind.subresources);
    const how = random.of(['put', 'merge', 'apply', 'strategic'] as const);
    const { apiVersion, kind } = this.#kind;
    let object: Json;
    if (subresource === 'scale') {
      object = { spec: random.chance(0.9) ? { replicas: random.below(4) } : {} };
      if (how === 'apply' || how === 'put') {
        object = { apiVersion: 'autoscaling/v1', kind: 'Scale', ...object };
        object['metadata'] = { name: this.#name, namespace: this.#namespace };
      }
    } else {
      const status = this.#kind.type.byName.get('status') as FieldNode;
      object = { status: this.#values.struct(status.type as StructNode, 0.4) };
      if (random.chance(0.4)) object['metadata'] = this.#metadata(0.3);
      if (random.chance(0.2)) object = merged(this.#part(0.1), object) as Json;
      if (how === 'put') object = merged(live, object) as Json;
      if (how === 'put' || how === 'apply') {
        object['apiVersion'] = apiVersion;
        object['kind'] = kind;
        this.#settleName(object, true);
      }
    }
    const query = this.#query();
    if (how === 'put') return this.#write('PUT', subresource, 'application/json', object, query);
    if (how !== 'apply') return this.#patch(how, object, subresource);
    delete query['fieldValidation'];
    if (random.chance(0.4)) query['force'] = 'true';
    return this.#write('PATCH', subresource, patchTypes.apply, object, query);
  }

  #editManaged(live: Json): Write {
    const random = this.#random;
    const entries = structuredClone(((live['metadata'] as Json)['managedFields'] ?? []) as Json[]);
    const edit = random.of(['empty', 'one', 'drop', 'rename', 'shrink', 'bad', 'operation', 'time'] as const);
    const entry = entries.length > 0 ? random.of(entries) : undefined;
    let sent: unknown = entries;
    if (edit === 'empty') sent = [];
    else if (edit === 'one') sent = [{}];
    else if (entry !== undefined) {
      if (edit === 'drop') sent = entries.filter((one) => one !== entry);
      else if (edit === 'rename') entry['manager'] = random.of(managers);
      else if (edit === 'shrink') takeSomething(entry['fieldsV1'] as Json, random);
      else if (edit === 'operation') entry['operation'] = random.of(['Apply', 'Update', 'Nope']);
      else if (edit === 'time') delete entry['time'];
      else if (edit === 'bad') {
        const [field, value] = random.of<[string, unknown]>([
          ['fieldsType', 'x'],
          ['fieldsType', ''],
          ['apiVersion', ''],
          ['apiVersion', 'v9'],
          ['apiVersion', 'apps/v1beta1'],
          ['fieldsV1', { 'g:x': {} }],
          ['fieldsV1', { 'f:spec': 1 }],
          ['fieldsV1', {}],
          ['fieldsV1', null],
          ['fieldsV1', { 'f:nope': {} }],
          ['manager', ''],
          ['manager', 'm'.repeat(129)],
          ['subresource', 'status'],
          ['subresource', 's'.repeat(257)],
        ]);
        entry[field] = value;
      }
    }
    return this.#patch('merge', { metadata: { managedFields: sent } });
  }

  /** As kubectl apply without --server-side leaves the object. */
  #clientSide(): Write {
    const config = this.#whole(0.2);
    const metadata = config['metadata'] as Json;
    const annotations = { ...((metadata['annotations'] ?? {}) as Json) };
    annotations[lastApplied] = this.#random.chance(0.9) ? `${JSON.stringify(config)}\n` : 'nonsense';
    const body = { ...config, metadata: { ...metadata, annotations } };
    return this.#write('PATCH', '', patchTypes.strategic, body, { fieldManager: 'kubectl-client-side-apply' });
  }

  /** A body for a patch: some fields, some of them null. */
  #partial(): Json {
    const part = this.#part(0.15);
    delete part['apiVersion'];
    delete part['kind'];
    if (this.#random.chance(0.4)) nullSomething(part, this.#random);
    return part;
  }

  #strategic(live: Json): Json {
    const random = this.#random;
    const part = this.#partial();
    if (random.chance(0.3)) {
      const found = lists(live).filter(({ list }) => list.some((item) => typeof item === 'object' && item !== null));
      if (found.length > 0) {
        const { path, list } = random.of(found);
        const item = random.of(list) as Json;
        const keys = Object.fromEntries(
          Object.entries(item).filter(([name]) =>
            ['name', 'containerPort', 'port', 'mountPath', 'ip', 'key', 'uid', 'type'].includes(name),
          ),
        );
        if (path[0] !== 'metadata' || path[1] !== 'managedFields') put(part, path, [{ ...keys, $patch: 'delete' }]);
      }
    }
    return part;
  }

  #operations(live: Json): unknown[] {
    const random = this.#random;
    const pointers = paths(live).filter(
      (path) =>
        path.length > 1 && !(path[0] === 'metadata' && !['labels', 'annotations', 'finalizers'].includes(path[1]!)),
    );
    const part = this.#part(0.15);
    const added = paths(part).filter((path) => path.length > 1 && (path[0] !== 'metadata' || path[1] !== 'name'));
    const operations: unknown[] = [];
    for (let left = 1 + random.below(3); left > 0; left--) {
      if (pointers.length > 0 && random.chance(0.5))
        operations.push({ op: 'remove', path: pointer(random.of(pointers)) });
      else if (added.length > 0) {
        const path = random.of(added);
        operations.push({ op: random.of(['add', 'replace']), path: pointer(path), value: at(part, path) });
      }
    }
    return operations;
  }

  /** A valid object, if nothing is odd. */
  #whole(density: number): Json {
    const object = merged(
      structuredClone(this.#kind.base) as Json,
      this.#values.struct(this.#kind.type, density),
    ) as Json;
    this.#settleName(object, true);
    const { apiVersion, kind } = this.#kind;
    return { apiVersion, kind, ...object };
  }

  /** Some fields of an object. */
  #part(density: number): Json {
    const random = this.#random;
    const object: Json = this.#values.struct(this.#kind.type, Math.max(density, 0.3));
    for (const [name, value] of Object.entries(object)) {
      if (name === 'spec' && isMap(value)) {
        const keep = Object.keys(value);
        while (keep.length > 3) delete value[keep.splice(random.below(keep.length), 1)[0]!];
      }
    }
    this.#settleName(object, random.chance(0.5));
    const { apiVersion, kind } = this.#kind;
    return { apiVersion, kind, ...object };
  }

  #metadata(density: number): Json {
    return this.#values.struct((this.#kind.type.byName.get('metadata') as FieldNode).type as StructNode, density);
  }

  #settleName(object: Json, namespaced: boolean): void {
    const metadata = isMap(object['metadata']) ? object['metadata'] : {};
    metadata['name'] = this.#name;
    if (namespaced) metadata['namespace'] = this.#namespace;
    object['metadata'] = metadata;
  }

  #write(
    method: Write['method'],
    subresource: string,
    contentType: string,
    body: unknown,
    query: Record<string, string>,
  ): Write {
    const { root, plural } = this.#kind;
    const tail = subresource === '' ? '' : `/${subresource}`;
    const path = `${root}/namespaces/${this.#namespace}/${plural}/${this.#name}${tail}?${new URLSearchParams(query)}`;
    return { method, path, contentType, body: JSON.stringify(body) };
  }
}

const isMap = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Maps laid over each other; lists of things with names by name. */
function merged(under: unknown, over: unknown): unknown {
  if (isMap(under) && isMap(over)) {
    const result: Json = { ...under };
    for (const [name, value] of Object.entries(over)) {
      result[name] = name in under ? merged(under[name], value) : value;
    }
    return result;
  }
  if (Array.isArray(under) && Array.isArray(over) && over.every((item) => isMap(item) && 'name' in item)) {
    const names = new Map(under.map((item) => [(item as Json)?.['name'], item as unknown]));
    for (const item of over as Json[]) names.set(item['name'], merged(names.get(item['name']) ?? {}, item));
    return [...names.values()];
  }
  return structuredClone(over);
}

type Path = readonly string[];

/** All places of a value, the value itself apart. */
function paths(value: unknown, prefix: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [[...prefix, name], ...paths(inner, [...prefix, name])]);
}

function lists(value: unknown): { path: Path; list: unknown[] }[] {
  return paths(value)
    .filter((path) => path.every((name) => !/^\d+$/.test(name)))
    .map((path) => ({ path, list: at(value, path) }))
    .filter((found): found is { path: Path; list: unknown[] } => Array.isArray(found.list) && found.list.length > 0);
}

const at = (value: unknown, path: Path): unknown => path.reduce((inner, name) => (inner as Json)?.[name], value);

function put(object: Json, path: Path, value: unknown): void {
  let inner = object;
  for (const name of path.slice(0, -1)) {
    if (!isMap(inner[name])) inner[name] = {};
    inner = inner[name] as Json;
  }
  inner[path.at(-1)!] = value;
}

const pointer = (path: Path): string =>
  path.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

const kept = new Set(['apiVersion', 'kind', 'metadata', 'metadata/name', 'metadata/namespace']);

function takeSomething(object: Json, random: Random): void {
  const choices = paths(object).filter((path) => !kept.has(path.join('/')));
  if (choices.length === 0) return;
  const path = random.of(choices);
  const parent = at(object, path.slice(0, -1));
  if (Array.isArray(parent)) parent.splice(Number(path.at(-1)), 1);
  else delete (parent as Json)[path.at(-1)!];
}

function nullSomething(object: Json, random: Random): void {
  const choices = paths(object).filter((path) => !kept.has(path.join('/')));
  if (choices.length === 0) return;
  const path = random.of(choices);
  (at(object, path.slice(0, -1)) as Json)[path.at(-1)!] = null;
}

/** An item of a list once more. */
function duplicateSomething(object: Json, random: Random): void {
  const choices = lists(object).filter(({ path }) => path[1] !== 'managedFields');
  if (choices.length === 0) return;
  const { list } = random.of(choices);
  list.push(structuredClone(random.of(list)));
}
