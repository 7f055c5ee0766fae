import type { Entry, Group, InstalledResources, Version } from '../resources.ts';
import { storageVersionHash } from './hash.ts';

/** Discovery in one document for each group and version, as JSON texts. */

/** /api. @param address where clients reach this server, HOST:PORT */
export function apiVersionsText(resources: InstalledResources, address: string): string {
  return JSON.stringify({
    kind: 'APIVersions',
    versions: (resources.group('')?.versions ?? []).map((version) => version.name),
    serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: address }],
  });
}

/** /apis */
export function groupListText(resources: InstalledResources): string {
  const groups = resources.groups.filter((group) => group.name !== '').map(groupOf);
  return JSON.stringify({ kind: 'APIGroupList', apiVersion: 'v1', groups });
}

/** /apis/GROUP */
export function groupText(group: Group): string {
  return JSON.stringify({ kind: 'APIGroup', apiVersion: 'v1', ...groupOf(group) });
}

function groupOf(group: Group): object {
  const versions = group.versions.map(({ apiVersion, name }) => ({ groupVersion: apiVersion, version: name }));
  return { name: group.name, versions, preferredVersion: versions[0] };
}

/** /api/VERSION and /apis/GROUP/VERSION: every resource, followed by its subresources, by name. */
export async function resourceListText(version: Version): Promise<string> {
  const entries = [...version.resources.values()].sort((a, b) => (a.header.plural < b.header.plural ? -1 : 1));
  const resources = (await Promise.all(entries.map((entry) => resourcesOf(entry, version)))).flat();
  return JSON.stringify({
    kind: 'APIResourceList',
    ...(version.group !== '' && { apiVersion: 'v1' }),
    groupVersion: version.apiVersion,
    resources,
  });
}

async function resourcesOf({ header, namespaced }: Entry, version: Version): Promise<object[]> {
  const stored = header.verbs.includes('list');
  const main = {
    name: header.plural,
    singularName: header.singular,
    namespaced,
    kind: header.kind,
    verbs: header.verbs,
    ...(header.shortNames?.length && { shortNames: header.shortNames }),
    ...(header.categories?.length && { categories: header.categories }),
    ...(stored && { storageVersionHash: await storageVersionHash(header.group, header.version, header.kind) }),
  };
  const subresources = [...(header.subresources ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1));
  return [
    main,
    ...subresources.map(({ name, kind, verbs }) => ({
      name: `${header.plural}/${name}`,
      singularName: '',
      namespaced,
      ...((kind.group !== version.group || kind.version !== version.name) && {
        ...(kind.group !== '' && { group: kind.group }),
        version: kind.version,
      }),
      kind: kind.kind,
      verbs,
    })),
  ];
}
