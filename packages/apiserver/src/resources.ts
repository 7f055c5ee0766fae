import { apiVersionOf, type GroupResource, type GroupVersionKind, type KubernetesObject } from '@orlop/apimachinery';
import type { Column, RESTStorage, ResourceBody, ResourceHeader, SubresourceHeader } from '@orlop/rest';
import type { TypeNode } from '@orlop/schema';
import { compareVersions } from './discovery/compare-versions.ts';
import type { ApiServerOptions, InstalledResource, LoadedResource } from './server-options.ts';

/** What is served, by group, version and plural; and which kinds there are. */
export class InstalledResources {
  readonly #groups = new Map<string, Group>();
  readonly #kinds = new Set<string>();

  readonly #moreKinds: ApiServerOptions['knownKinds'];
  #learning: Promise<void> | undefined;
  #learnt: boolean;

  constructor(resources: readonly InstalledResource[], moreKinds: ApiServerOptions['knownKinds']) {
    this.#moreKinds = moreKinds;
    this.#learnt = moreKinds === undefined;
    for (const resource of resources) this.#add(new Entry(resource));
    for (const group of this.#groups.values()) group.sort();
    for (const kind of ['List', 'Status', 'APIVersions', 'APIGroup', 'APIGroupList', 'APIResourceList']) {
      this.#kinds.add(kindKey('v1', kind));
    }
  }

  /** In the order in which they were installed. */
  get groups(): readonly Group[] {
    return [...this.#groups.values()];
  }

  group(name: string): Group | undefined {
    return this.#groups.get(name);
  }

  /** Whether a body may name this kind without being nonsense. */
  knows(apiVersion: string, kind: string): boolean {
    return this.#kinds.has(kindKey(apiVersion, kind));
  }

  /**
   * Learns of the kinds that nobody serves.
   * @returns false when all were known before: then the same question has the same answer
   */
  async learnKinds(): Promise<boolean> {
    if (this.#learnt) return false;
    this.#learning ??= this.#learn();
    await this.#learning;
    return true;
  }

  async #learn(): Promise<void> {
    try {
      for (const { group, version, kind } of (await this.#moreKinds?.()) ?? []) {
        this.#kinds.add(kindKey(apiVersionOf(group, version), kind));
      }
      this.#learnt = true;
    } finally {
      this.#learning = undefined;
    }
  }

  #add(entry: Entry): void {
    const { header } = entry;
    let group = this.#groups.get(header.group);
    if (group === undefined) {
      group = new Group(header.group);
      this.#groups.set(header.group, group);
    }
    group.add(entry);
    this.#kinds.add(kindKey(entry.apiVersion, header.kind));
    this.#kinds.add(kindKey(entry.apiVersion, entry.listKind));
    for (const { kind } of header.subresources ?? []) {
      this.#kinds.add(kindKey(apiVersionOf(kind.group, kind.version), kind.kind));
    }
  }
}

const kindKey = (apiVersion: string, kind: string): string => `${apiVersion} ${kind}`;

/** One group and its versions, newest and most stable first. */
export class Group {
  readonly name: string;
  readonly versions: Version[] = [];

  constructor(name: string) {
    this.name = name;
  }

  version(name: string): Version | undefined {
    return this.versions.find((version) => version.name === name);
  }

  add(entry: Entry): void {
    let version = this.version(entry.header.version);
    if (version === undefined) {
      version = { name: entry.header.version, group: this.name, apiVersion: entry.apiVersion, resources: new Map() };
      this.versions.push(version);
    }
    if (version.resources.has(entry.header.plural)) {
      throw new Error(`${entry.header.plural} of ${entry.apiVersion} is installed twice`);
    }
    version.resources.set(entry.header.plural, entry);
  }

  sort(): void {
    this.versions.sort((a, b) => compareVersions(a.name, b.name));
  }
}

export interface Version {
  readonly name: string;
  readonly group: string;
  /** `apps/v1` */
  readonly apiVersion: string;
  readonly resources: Map<string, Entry>;
}

/** One resource: its header now, the rest on first use. */
export class Entry {
  readonly header: ResourceHeader;
  readonly apiVersion: string;
  readonly listKind: string;
  readonly groupResource: GroupResource;
  readonly kind: GroupVersionKind;
  readonly #installed: InstalledResource;
  #loading: Promise<LoadedResource> | undefined;
  /** Undefined until loaded. */
  loaded: LoadedResource | undefined;
  readonly #targets = new Map<string, Target>();

  constructor(installed: InstalledResource) {
    const { header } = installed;
    this.#installed = installed;
    this.header = header;
    this.apiVersion = apiVersionOf(header.group, header.version);
    this.listKind = header.listKind ?? `${header.kind}List`;
    this.groupResource = { group: header.group, resource: header.plural };
    this.kind = { group: header.group, version: header.version, kind: header.kind };
  }

  get namespaced(): boolean {
    return this.header.scope === 'Namespaced';
  }

  subresource(name: string): SubresourceHeader | undefined {
    return this.header.subresources?.find((subresource) => subresource.name === name);
  }

  /** Loads once, however many ask at the same time; a failure is forgotten, so that the next request tries again. */
  load(): Promise<LoadedResource> {
    this.#loading ??= this.#installed.load().then(
      (loaded) => {
        this.loaded = loaded;
        return loaded;
      },
      (error: unknown) => {
        this.#loading = undefined;
        throw error;
      },
    );
    return this.#loading;
  }

  /** What stands behind the path of a loaded resource (subresource ""), or of one of its subresources. */
  target(subresource: string): Target {
    let target = this.#targets.get(subresource);
    if (target === undefined) {
      target = makeTarget(this, subresource);
      this.#targets.set(subresource, target);
    }
    return target;
  }
}

/** Everything a handler must know of the path it serves. */
export interface Target {
  readonly entry: Entry;
  readonly body: ResourceBody;
  readonly subresource: string;
  /** Undefined when the resource announces a subresource that its definition does not have. */
  readonly storage: RESTStorage | undefined;
  readonly kind: GroupVersionKind;
  /** Of the bodies sent and answered here. */
  readonly apiVersion: string;
  /** Other versions whose bodies are read here. */
  readonly readsVersions: readonly string[];
  readonly type: TypeNode;
  readonly columns: readonly Column<KubernetesObject>[];
  readonly namespaced: boolean;
  /** Fills and settles a decoded object. May change it. */
  readonly complete: (object: KubernetesObject) => void;
  /** The second half of `complete` alone: what every object of the kind goes through, also an empty one. */
  readonly settle: (object: KubernetesObject) => void;
}

function makeTarget(entry: Entry, subresource: string): Target {
  const { body, storages } = entry.loaded!;
  const own = subresource === '' ? undefined : body.subresourceBodies?.[subresource];
  const kind = subresource === '' ? entry.kind : (entry.subresource(subresource)?.kind ?? entry.kind);
  const sameKind = own === undefined;
  const { defaults, normalize } = sameKind ? body : { defaults: own.defaults, normalize: undefined };
  return {
    entry,
    body,
    subresource,
    storage: storages[subresource === '' ? 'main' : subresource],
    kind,
    apiVersion: apiVersionOf(kind.group, kind.version),
    readsVersions: own?.readsVersions ?? [],
    type: own?.type ?? body.type,
    columns: own === undefined ? body.columns : (own.columns ?? []),
    namespaced: entry.namespaced,
    complete(object) {
      defaults?.(object);
      normalize?.(object);
    },
    settle(object) {
      normalize?.(object);
    },
  };
}
