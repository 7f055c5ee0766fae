import type { Entry, Group, InstalledResources, Version } from '../resources.ts';

/** The content type in which the aggregated form is asked for and answered. */
export const aggregatedType = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

/** Everything under /api (the core group) or /apis (all others) in one document, as JSON text. */
export function groupDiscoveryText(resources: InstalledResources, core: boolean): string {
  const items = resources.groups.filter((group) => (group.name === '') === core).map(groupOf);
  return JSON.stringify({
    kind: 'APIGroupDiscoveryList',
    apiVersion: 'apidiscovery.k8s.io/v2',
    metadata: {},
    items,
  });
}

function groupOf(group: Group): object {
  return {
    metadata: group.name === '' ? {} : { name: group.name },
    versions: group.versions.map((version) => ({
      version: version.name,
      resources: [...version.resources.values()]
        .sort((a, b) => (a.header.plural < b.header.plural ? -1 : 1))
        .map((entry) => resourceOf(entry, version)),
      freshness: 'Current',
    })),
  };
}

function resourceOf({ header }: Entry, version: Version): object {
  const subresources = [...(header.subresources ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    resource: header.plural,
    // A kind of the version itself goes without its group and version.
    responseKind: { group: '', version: '', kind: header.kind },
    scope: header.scope === 'Namespaced' ? 'Namespaced' : 'Cluster',
    singularResource: header.singular,
    verbs: header.verbs,
    ...(header.shortNames?.length && { shortNames: header.shortNames }),
    ...(header.categories?.length && { categories: header.categories }),
    ...(subresources.length > 0 && {
      subresources: subresources.map(({ name, kind, verbs }) => {
        const own = kind.group === version.group && kind.version === version.name;
        return {
          subresource: name,
          responseKind: { group: own ? '' : kind.group, version: own ? '' : kind.version, kind: kind.kind },
          verbs,
        };
      }),
    }),
  };
}
