import { parseFieldSelector, parseLabelSelector } from '@orlop/apimachinery';
import type { SelectionPredicate } from '@orlop/storage-interface';
import type { Random } from './random.ts';
import { berths, names, namespaces, tiers, type Vessel, vessels } from './resource.ts';

/** What one watcher wants to see. */
export interface Interest {
  readonly key: string;
  readonly recursive: boolean;
  readonly predicate: SelectionPredicate;
  /** The same for HTTP: path below the server's URL, and selectors. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Whether an object is of interest, worked out by other means than the selectors above. */
  wants(vessel: Vessel): boolean;
  readonly title: string;
}

type Wants = (vessel: Vessel) => boolean;
type Choice = readonly [text: string, wants: Wants];

const all: Wants = () => true;
const labelOf = ({ metadata }: Vessel): string | undefined => metadata.labels?.['tier'];

export function randomInterest(random: Random): Interest {
  const [key, path, inScope] = randomScope(random);
  const recursive = key.endsWith('/');
  const [label, byLabel] = randomLabel(random);
  const [field, byField] = recursive ? randomField(random) : (['', all] as const);
  const query: Record<string, string> = {};
  if (label !== '') query['labelSelector'] = label;
  if (field !== '') query['fieldSelector'] = field;
  // Over HTTP a single object is a collection with a name.
  if (!recursive) query['fieldSelector'] = `metadata.name=${key.slice(key.lastIndexOf('/') + 1)}`;
  return {
    key,
    recursive,
    predicate: { label: parseLabelSelector(label), field: parseFieldSelector(field) },
    path,
    query,
    wants: (vessel) => inScope(vessel) && byLabel(vessel) && byField(vessel),
    title: [key, label, field].join(' '),
  };
}

function randomScope(random: Random): readonly [key: string, path: string, wants: Wants] {
  const { group, version, plural, prefix } = vessels;
  const root = `/apis/${group}/${version}`;
  const kind = random.integer(10);
  if (kind < 5) return [prefix, `${root}/${plural}`, all];
  const namespace = random.pick(namespaces);
  const path = `${root}/namespaces/${namespace}/${plural}`;
  const inNamespace: Wants = ({ metadata }) => metadata.namespace === namespace;
  if (kind < 9) return [`${prefix}${namespace}/`, path, inNamespace];
  const name = random.pick(names);
  return [`${prefix}${namespace}/${name}`, path, (vessel) => inNamespace(vessel) && vessel.metadata.name === name];
}

function randomLabel(random: Random): Choice {
  const tier = random.pick(tiers);
  return random.pick<Choice>([
    ['', all],
    ['', all],
    [`tier=${tier}`, (vessel) => labelOf(vessel) === tier],
    [`tier!=${tier}`, (vessel) => labelOf(vessel) !== tier],
    ['tier in (gold,lead)', (vessel) => ['gold', 'lead'].includes(labelOf(vessel) ?? '')],
    ['!tier', (vessel) => labelOf(vessel) === undefined],
  ]);
}

function randomField(random: Random): Choice {
  const [berth, name, namespace] = [random.pick(berths), random.pick(names), random.pick(namespaces)];
  return random.pick<Choice>([
    ['', all],
    ['', all],
    [`spec.berth=${berth}`, (vessel) => vessel.spec.berth === berth],
    [`spec.berth!=${berth}`, (vessel) => vessel.spec.berth !== berth],
    [`metadata.name=${name}`, ({ metadata }) => metadata.name === name],
    [
      `metadata.namespace=${namespace},spec.berth=${berth}`,
      ({ metadata, spec }) => metadata.namespace === namespace && spec.berth === berth,
    ],
  ]);
}
