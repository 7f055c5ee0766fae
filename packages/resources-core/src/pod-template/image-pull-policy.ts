import { type Rule, required, supported } from '@orlop/rest/rules';

export const imagePullPolicyRules: readonly Rule<string>[] = [required, supported('Always', 'IfNotPresent', 'Never')];

/** `latest`, or no tag at all, may change under one's feet; everything else is pulled once. */
export function defaultPullPolicy(image: string): 'Always' | 'IfNotPresent' {
  return tagOf(image) === 'latest' ? 'Always' : 'IfNotPresent';
}

const pathComponent = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const domainComponent = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const domain = `(?:${domainComponent}(?:\\.${domainComponent})*|\\[(?:[a-fA-F0-9:]+)\\])(?::[0-9]+)?`;
const reference = new RegExp(
  `^(?:(${domain})/)?(${pathComponent}(?:/${pathComponent})*)(?::([\\w][\\w.-]{0,127}))?(?:@([A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?$`,
);

/** The tag of an image reference: `latest` when it has neither tag nor digest, empty when it cannot be read. */
function tagOf(image: string): string {
  // 64 hexadecimal digits are an identifier, not a name.
  if (/^[a-f0-9]{64}$/.test(image)) return '';
  const found = reference.exec(image);
  if (found === null) return '';
  const [, registry, path = '', tag, digest] = found;
  if (pathLength(registry, path) > longestPath) return '';
  return tag ?? (digest === undefined ? 'latest' : '');
}

const longestPath = 255;

const defaultRegistries: readonly (string | undefined)[] = ['docker.io', 'index.docker.io'];

/** The first part of a name is a registry when it looks like a host; else it belongs to the path, which is of the default one. */
function pathLength(registry: string | undefined, path: string): number {
  const isHost = registry !== undefined && (/[.:A-Z]/.test(registry) || registry === 'localhost');
  const full = isHost || registry === undefined ? path : `${registry}/${path}`;
  const official = !full.includes('/') && (!isHost || defaultRegistries.includes(registry));
  return full.length + (official ? 'library/'.length : 0);
}
