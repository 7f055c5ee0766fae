import type { FieldPath } from '@orlop/apimachinery';
import type { DownwardAPIVolumeFile, KeyToPath, Volume, VolumeProjection } from '@orlop/kubernetes-schema/core/v1';
import { claimQuantityWarnings } from './quantities.ts';

/** Sources that work no more, and what to say of them, by the name in the path. */
const deprecatedSources: readonly (readonly [keyof Volume, string, string?])[] = [
  ['photonPersistentDisk', 'deprecated in v1.11, non-functional in v1.16+'],
  ['gitRepo', 'deprecated in v1.11, and disabled by default in v1.33+'],
  ['scaleIO', 'deprecated in v1.16, non-functional in v1.22+'],
  ['flocker', 'deprecated in v1.22, non-functional in v1.25+'],
  ['storageos', 'deprecated in v1.22, non-functional in v1.25+', 'storageOS'],
  ['quobyte', 'deprecated in v1.22, non-functional in v1.25+'],
  ['glusterfs', 'deprecated in v1.25, non-functional in v1.26+'],
];

const lateDeprecatedSources: typeof deprecatedSources = [
  ['cephfs', 'deprecated in v1.28, non-functional in v1.31+'],
  ['rbd', 'deprecated in v1.28, non-functional in v1.31+'],
];

export function volumeWarnings(volumes: readonly Volume[], path: FieldPath): readonly string[] {
  const warnings: string[] = [];
  for (const [index, volume] of volumes.entries()) {
    const at = path.child('volumes').index(index);
    const deprecated = (sources: typeof deprecatedSources) => {
      for (const [source, why, shown = source] of sources) {
        if (volume[source] !== undefined) warnings.push(`${at.child(shown)}: ${why}`);
      }
    };
    deprecated(deprecatedSources);
    const template = volume.ephemeral?.volumeClaimTemplate;
    if (template !== undefined) {
      warnings.push(
        ...claimQuantityWarnings(
          template.spec.resources,
          at.child('ephemeral', 'volumeClaimTemplate', 'spec', 'resources'),
        ),
      );
    }
    deprecated(lateDeprecatedSources);
  }
  return [...warnings, ...volumes.flatMap(overlaps)];
}

/** A file that a volume makes, and what it is made from. */
interface MadeFile {
  readonly path: string;
  readonly source: string;
}

const filesOf = (items: readonly (KeyToPath | DownwardAPIVolumeFile)[], source: string): readonly MadeFile[] =>
  items.map(({ path }) => ({ path, source }));

const shown = ({ path, source }: MadeFile) => JSON.stringify(path) + (source === '' ? '' : ` (${source})`);

/** Pairs of files of which one is the other, or lies inside it. */
function collisions(files: readonly MadeFile[]): readonly string[] {
  const found: string[] = [];
  const seen: MadeFile[] = [];
  for (const file of files) {
    const made = { ...file, path: file.path.replace(/\/+$/, '') };
    for (const other of made.path === '' ? [] : seen) {
      if (other.path === '') continue;
      const [a, b] = [`${made.path}/`, `${other.path}/`];
      if (a.startsWith(b) || b.startsWith(a)) found.push(`${shown(made)} with ${shown(other)}`);
    }
    seen.push(made);
  }
  return found;
}

function overlaps(volume: Volume): readonly string[] {
  const { name, configMap, secret, downwardAPI, projected } = volume;
  const warn = (what: string, files: readonly MadeFile[]) =>
    collisions(files).map((pair) => `volume ${JSON.stringify(name)} (${what}): overlapping paths: ${pair}`);
  const warnings: string[] = [];
  if (configMap?.items !== undefined) {
    warnings.push(...warn(`ConfigMap ${JSON.stringify(configMap.name ?? '')}`, filesOf(configMap.items, '')));
  }
  if (secret?.items !== undefined) {
    warnings.push(...warn(`Secret ${JSON.stringify(secret.secretName ?? '')}`, filesOf(secret.items, '')));
  }
  if (downwardAPI?.items !== undefined) warnings.push(...warn('DownwardAPI', filesOf(downwardAPI.items, '')));
  if (projected === undefined) return warnings;
  const sources = projected.sources ?? [];
  for (const source of sources) {
    if (Object.keys(source).length === 0) {
      warnings.push(`volume ${JSON.stringify(name)} (Projected) has no sources provided`);
    }
  }
  return [...warnings, ...warn('Projected', sources.flatMap(filesOfProjection))];
}

function filesOfProjection(source: VolumeProjection): readonly MadeFile[] {
  const { configMap, secret, downwardAPI, serviceAccountToken, clusterTrustBundle, podCertificate } = source;
  if (configMap?.items !== undefined) {
    return filesOf(configMap.items, `ConfigMap ${JSON.stringify(configMap.name ?? '')}`);
  }
  if (secret?.items !== undefined) return filesOf(secret.items, `Secret ${JSON.stringify(secret.name ?? '')}`);
  if (downwardAPI?.items !== undefined) return filesOf(downwardAPI.items, 'DownwardAPI');
  if (serviceAccountToken !== undefined) return [{ path: serviceAccountToken.path, source: 'ServiceAccountToken' }];
  if (clusterTrustBundle !== undefined) {
    const name = clusterTrustBundle.name ?? clusterTrustBundle.signerName ?? '';
    return [{ path: clusterTrustBundle.path, source: `ClusterTrustBundle ${JSON.stringify(name)}` }];
  }
  if (podCertificate === undefined) return [];
  return [
    { path: podCertificate.certificateChainPath ?? '', source: 'PodCertificate chain' },
    { path: podCertificate.keyPath ?? '', source: 'PodCertificate key' },
    { path: podCertificate.credentialBundlePath ?? '', source: 'PodCertificate credential bundle' },
  ].filter(({ path }) => path !== '');
}
