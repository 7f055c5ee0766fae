/**
 * What scopes and selectors make of writes and lists. A watch row begins at the revision of a fresh list.
 * `ns1/foo1 plain +` reads: write ns1/foo1 without a berth, and expect ADDED. `+` ADDED, `~` MODIFIED, `-` DELETED, `.` nothing.
 * Writes: `plain` (no berth; creates), `status` (another phase), `quay`, `pier` (that berth).
 */
export interface WatchScope {
  readonly title: string;
  /** Namespace of the request; "" for all. */
  readonly namespace: string;
  /** Name in the request: a watch of one object. */
  readonly name?: string;
  readonly fields?: string;
  readonly writes: readonly string[];
}

const berth = 'spec.berth=quay';
const notBerth = 'spec.berth!=quay';

/** Vessels without a namespace. */
export const clusterScopes: readonly WatchScope[] = [
  {
    title: 'everything',
    namespace: '',
    writes: ['foo1 plain +', 'foo1 status ~', 'foo2 quay +'],
  },
  { title: 'a berth', namespace: '', fields: berth, writes: ['foo1 plain .', 'foo1 quay +'] },
  {
    title: 'not a berth',
    namespace: '',
    fields: notBerth,
    writes: ['foo1 plain +', 'foo2 plain +', 'foo1 status ~', 'foo1 quay -'],
  },
  {
    title: 'one object',
    namespace: '',
    name: 'foo1',
    writes: ['foo1 plain +', 'foo2 plain .', 'foo1 status ~', 'foo2 status .'],
  },
  {
    title: 'one object and a berth',
    namespace: '',
    name: 'foo1',
    fields: berth,
    writes: ['foo1 plain .', 'foo2 plain .', 'foo1 status .', 'foo2 status .', 'foo1 quay +'],
  },
  {
    title: 'one object and not a berth',
    namespace: '',
    name: 'foo1',
    fields: notBerth,
    writes: ['foo1 plain +', 'foo2 plain .', 'foo1 status ~', 'foo2 status .', 'foo1 quay -', 'foo2 quay .'],
  },
];

export const namespaceScopes: readonly WatchScope[] = [
  {
    title: 'everything',
    namespace: '',
    writes: ['ns1/foo1 plain +', 'ns2/foo1 plain +', 'ns1/foo1 status ~', 'ns2/foo1 status ~'],
  },
  {
    title: 'the namespace as a selector',
    namespace: '',
    fields: 'metadata.namespace=ns1',
    writes: ['ns1/foo1 plain +', 'ns2/foo1 plain .', 'ns1/foo1 status ~', 'ns2/foo1 status .'],
  },
  {
    title: 'a berth',
    namespace: '',
    fields: berth,
    writes: ['ns1/foo1 plain .', 'ns2/foo1 plain .', 'ns1/foo1 quay +', 'ns2/foo1 quay +'],
  },
  {
    title: 'not a berth',
    namespace: '',
    fields: notBerth,
    writes: ['ns1/foo1 plain +', 'ns2/foo1 plain +', 'ns1/foo1 status ~', 'ns1/foo1 quay -'],
  },
  {
    title: 'one namespace',
    namespace: 'ns1',
    writes: ['ns1/foo1 plain +', 'ns2/foo1 plain .', 'ns1/foo2 plain +', 'ns1/foo1 status ~', 'ns2/foo1 status .'],
  },
  {
    title: 'one namespace, selected again',
    namespace: 'ns1',
    fields: 'metadata.namespace=ns1',
    writes: ['ns1/foo1 plain +', 'ns2/foo1 plain .', 'ns1/foo1 status ~', 'ns2/foo1 status .'],
  },
  {
    title: 'one namespace, another selected',
    namespace: 'ns1',
    fields: 'metadata.namespace=ns2',
    writes: ['ns1/foo1 plain .', 'ns2/foo1 plain .', 'ns1/foo1 status .', 'ns2/foo1 status .'],
  },
  {
    title: 'one namespace and a berth',
    namespace: 'ns2',
    fields: 'spec.berth=pier',
    writes: ['ns2/foo1 plain .', 'ns2/foo1 quay .', 'ns1/foo1 pier .', 'ns2/foo1 pier +'],
  },
  {
    title: 'one namespace and not a berth',
    namespace: 'ns2',
    fields: notBerth,
    writes: ['ns1/foo1 plain .', 'ns2/foo1 plain +', 'ns2/foo1 quay -', 'ns2/foo1 pier +'],
  },
  {
    title: 'the name as a selector',
    namespace: '',
    fields: 'metadata.name=foo1',
    writes: ['ns1/foo1 plain +', 'ns2/foo1 plain +', 'ns1/foo2 plain .', 'ns1/foo1 status ~', 'ns1/foo1 quay ~'],
  },
  {
    title: 'name and namespace as selectors',
    namespace: '',
    fields: 'metadata.name=foo1,metadata.namespace=ns1',
    writes: ['ns1/foo1 plain +', 'ns2/foo1 plain .', 'ns1/foo2 plain .', 'ns1/foo1 status ~', 'ns2/foo1 status .'],
  },
  {
    title: 'name and berth as selectors',
    namespace: '',
    fields: `metadata.name=foo1,${berth}`,
    writes: ['ns1/foo1 plain .', 'ns1/foo1 status .', 'ns1/foo2 quay .', 'ns1/foo1 quay +'],
  },
  {
    title: 'name and not a berth as selectors',
    namespace: '',
    fields: `metadata.name=foo1,${notBerth}`,
    writes: ['ns1/foo1 plain +', 'ns1/foo2 plain .', 'ns1/foo1 status ~', 'ns1/foo1 quay -', 'ns1/foo1 pier +'],
  },
  {
    title: 'one object',
    namespace: 'ns1',
    name: 'foo1',
    writes: ['ns1/foo1 plain +', 'ns1/foo2 plain .', 'ns2/foo1 plain .', 'ns1/foo1 status ~', 'ns1/foo1 quay ~'],
  },
  {
    title: 'one object, its namespace selected again',
    namespace: 'ns1',
    name: 'foo2',
    fields: 'metadata.namespace=ns1',
    writes: ['ns1/foo1 plain .', 'ns1/foo2 plain +', 'ns1/foo1 status .', 'ns1/foo2 quay ~'],
  },
  {
    title: 'one object and a berth',
    namespace: 'ns1',
    name: 'foo1',
    fields: berth,
    writes: ['ns1/foo1 plain .', 'ns2/foo1 plain .', 'ns1/foo2 plain .', 'ns1/foo1 status .', 'ns1/foo1 quay +'],
  },
  {
    title: 'one object and not a berth',
    namespace: 'ns1',
    name: 'foo2',
    fields: notBerth,
    writes: ['ns1/foo1 plain .', 'ns2/foo2 plain .', 'ns1/foo2 plain +', 'ns1/foo2 status ~', 'ns1/foo2 quay -'],
  },
];

export interface ListScope {
  readonly namespace: string;
  readonly fields?: string;
  readonly found: string;
}

/** What is there when the list rows are asked. */
export const listedVessels: readonly string[] = ['ns1/foo1 quay', 'ns1/foo2 pier', 'ns2/foo1 pier', 'ns2/foo3 quay'];

export const listScopes: readonly ListScope[] = [
  { namespace: '', found: 'ns1/foo1 ns1/foo2 ns2/foo1 ns2/foo3' },
  { namespace: '', fields: 'metadata.namespace=ns1', found: 'ns1/foo1 ns1/foo2' },
  { namespace: '', fields: berth, found: 'ns1/foo1 ns2/foo3' },
  { namespace: '', fields: notBerth, found: 'ns1/foo2 ns2/foo1' },
  { namespace: 'ns1', found: 'ns1/foo1 ns1/foo2' },
  { namespace: 'ns1', fields: 'metadata.namespace=ns1', found: 'ns1/foo1 ns1/foo2' },
  { namespace: 'ns1', fields: 'metadata.namespace=ns2', found: '' },
  { namespace: 'ns1', fields: berth, found: 'ns1/foo1' },
  { namespace: 'ns1', fields: notBerth, found: 'ns1/foo2' },
  { namespace: '', fields: 'metadata.name=foo1', found: 'ns1/foo1 ns2/foo1' },
  { namespace: '', fields: 'metadata.name=foo1,metadata.namespace=ns2', found: 'ns2/foo1' },
  { namespace: '', fields: `metadata.name=foo1,${berth}`, found: 'ns1/foo1' },
  { namespace: '', fields: `metadata.name=foo1,${notBerth}`, found: 'ns2/foo1' },
  { namespace: 'ns1', fields: 'metadata.name=foo2', found: 'ns1/foo2' },
  { namespace: 'ns1', fields: 'metadata.name=foo2,metadata.namespace=ns1', found: 'ns1/foo2' },
  { namespace: 'ns1', fields: `metadata.name=foo1,metadata.namespace=ns1,${berth}`, found: 'ns1/foo1' },
  { namespace: 'ns1', fields: `metadata.name=foo1,metadata.namespace=ns1,${notBerth}`, found: '' },
];
