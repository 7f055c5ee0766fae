import { applyMergePatch, type KubernetesObject, type Stored, systemRuntime } from '@orlop/apimachinery';
import { type ApiServer, createApiServer, type ServerRequest, type ServerResponse } from '@orlop/apiserver';
import { createMemoryBackend } from '@orlop/backend-memory';
import { createCacher } from '@orlop/cacher';
import { createFieldManager, createRegistryStore } from '@orlop/registry';
import { core } from '@orlop/resources-core';
import type { FieldManager, RequestContext, ResourceStore, UpdatedObjectInfo } from '@orlop/rest';
import { decodeJson, fromUnstructured, type TypeNode } from '@orlop/schema';
import { createStorage } from '@orlop/storage';

/**
 * What field ownership costs: the same writes of a Pod over memory with and without it, by turns in one run.
 * First through the registry alone (reading what is sent, making the new object, rules, cache, storage), then through
 * the whole server without a socket, where answers carry managedFields too. CPU of the process, garbage included.
 * node --import ./tools/run-from-source/register.mjs benchmarks/managed-fields.ts [writes a round, default 400] [rounds, 25] [containers of the Pod, 3]
 */
const writes = Number(process.argv[2] ?? 400);
const rounds = Number(process.argv[3] ?? 25);
const containers = Number(process.argv[4] ?? 3);
const runtime = systemRuntime();
const environment = {
  runtime,
  serviceClusterIPRange: '10.0.0.0/24',
  serviceNodePortRange: [30_000, 32_767] as const,
};
const definition = core.find(({ plural }) => plural === 'pods')!;
const body = await definition.load();
const collection = '/api/v1/namespaces/default/pods';
const path = `${collection}/web`;

/** A Pod as they are. With three containers 5 KB as JSON before anybody owns anything, with one 5 KB with its owners. */
function podText(): string {
  const container = (name: string, port: number) => ({
    name,
    image: `registry.example.com/team/${name}:1.4.2`,
    args: ['--config=/etc/settings/main.yaml', `--listen=:${port}`, '--log-format=json'],
    ports: [{ name: `${name}-http`, containerPort: port }],
    env: Array.from({ length: 6 }, (_, i) => ({ name: `SETTING_${i}`, value: `value-${i}-of-${name}` })),
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
    volumeMounts: [{ name: 'settings', mountPath: '/etc/settings', readOnly: true }],
    livenessProbe: { httpGet: { path: '/healthz', port }, periodSeconds: 10 },
    readinessProbe: { httpGet: { path: '/readyz', port }, periodSeconds: 5 },
    securityContext: { runAsNonRoot: true, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
  });
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'web',
      namespace: 'default',
      labels: { app: 'web', 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/part-of': 'shop' },
      annotations: { 'example.com/tick': '0', 'example.com/note': 'x'.repeat(1_000) },
    },
    spec: {
      serviceAccountName: 'web',
      nodeName: 'node-1',
      containers: ['front', 'proxy', 'metrics', 'backup']
        .slice(0, containers)
        .map((name, i) => container(name, 8080 + i)),
      volumes: [{ name: 'settings', configMap: { name: 'web-settings' } }],
      tolerations: [{ key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute' }],
    },
  });
}

interface Answer {
  readonly status: number;
  read(): KubernetesObject;
}

type Send = (method: string, path: string, text: string, type?: string) => Promise<Answer>;

/** Requests without a socket. */
function senderTo(server: ApiServer): Send {
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  return (method, target, text, type = 'application/json') =>
    new Promise((resolve) => {
      const headers: Readonly<Record<string, string>> = { 'content-type': type, 'user-agent': 'bench/1.0' };
      const bytes = encoder.encode(text);
      const request: ServerRequest = {
        method,
        target,
        header: (name) => headers[name],
        readBody: async () => bytes,
      };
      const response: ServerResponse = {
        started: false,
        closed: false,
        send(status, _headers, content) {
          resolve({
            status,
            read: () => JSON.parse(typeof content === 'string' ? content : decoder.decode(content)) as KubernetesObject,
          });
        },
        open: () => {
          throw new Error('no answer here is sent in pieces');
        },
        onClose: () => () => {},
      };
      server.handle(request, response);
    });
}

async function demand(wanted: number, answer: Promise<Answer>): Promise<void> {
  const { status, read } = await answer;
  if (status !== wanted) throw new Error(`${status}: ${JSON.stringify(read()).slice(0, 500)}`);
}

interface Bench {
  readonly send: Send;
  readonly store: ResourceStore;
  /** Undefined where nobody owns anything. */
  readonly fields: FieldManager | undefined;
  revision(): Promise<number>;
  close(): Promise<void>;
}

async function bench(owned: boolean): Promise<Bench> {
  const backend = createMemoryBackend();
  const storage = createCacher({
    storage: createStorage({
      backend,
      runtime,
      canonicalObjects: true,
      resource: {
        group: '',
        version: 'v1',
        kind: 'Pod',
        resource: 'pods',
        prefix: '/pods/',
        namespaced: true,
        type: body.type,
      },
    }),
    resource: { name: 'pods', prefix: '/pods/', indexedFields: body.indexedFields ?? [] },
    runtime,
  });
  const store = createRegistryStore({ definition, body, storage, runtime, environment });
  const storages = body.storages?.(store, environment) ?? { main: store };
  const server = createApiServer({
    resources: [{ header: definition, load: async () => ({ body, storages }) }],
    version: {
      major: '1',
      minor: '36',
      gitVersion: 'v1.36.3',
      gitCommit: '',
      gitTreeState: '',
      buildDate: '',
      goVersion: '',
      compiler: '',
      platform: '',
    },
    runtime,
    ...(owned ? { fieldManager: (endpoint) => createFieldManager(endpoint, runtime) } : {}),
  });
  const kind = { group: '', version: 'v1', kind: 'Pod' };
  const endpoint = { kind, type: body.type, subresource: '', resetFields: store.resetFields, complete };
  const send = senderTo(server);
  await demand(201, send('POST', collection, podText()));
  // Two more owners, as a Pod that runs has them.
  const merge = 'application/merge-patch+json';
  const status = { phase: 'Running', hostIP: '10.1.0.4', podIP: '10.2.0.9', startTime: '2026-01-01T00:00:00Z' };
  await demand(200, send('PATCH', `${path}/status?fieldManager=kubelet`, JSON.stringify({ status }), merge));
  const label = { metadata: { labels: { 'example.com/zone': 'a' } } };
  await demand(200, send('PATCH', `${path}?fieldManager=zoner`, JSON.stringify(label), merge));
  return {
    send,
    store,
    fields: owned ? createFieldManager(endpoint, runtime) : undefined,
    revision: () => backend.currentRevision(),
    async close() {
      await server.close();
      await storage.close();
      await backend.close();
    },
  };
}

function complete(object: KubernetesObject): void {
  body.defaults?.(object as never);
  body.normalize?.(object as never);
}

const context: RequestContext = {
  request: {
    isResourceRequest: true,
    path,
    verb: 'update',
    apiGroup: '',
    apiVersion: 'v1',
    namespace: 'default',
    resource: 'pods',
    subresource: '',
    name: 'web',
  },
  user: { name: 'bench', uid: '', groups: [], extra: {} },
  signal: { aborted: false, addEventListener() {}, removeEventListener() {} },
  warn() {},
};
const options = { dryRun: false, fieldManager: 'bench', fieldValidation: 'Ignore' as const };

/** One update through the registry: `make` makes the new object from the live one. */
async function updateIn({ store, fields }: Bench, make: (live: KubernetesObject) => KubernetesObject): Promise<void> {
  const info: UpdatedObjectInfo = {
    preconditions: undefined,
    async updatedObject(_context, old: Stored | undefined) {
      const next = make(old!.object);
      complete(next);
      if (fields !== undefined) return fields.update(old!.object, next, 'bench');
      delete next.metadata.managedFields;
      return next;
    },
  };
  const { created } = await store.update(
    context,
    'web',
    info,
    () => {},
    () => {},
    false,
    options,
  );
  if (created) throw new Error('the Pod was gone');
}

/** Makes write number `tick`. */
type Write = (bench: Bench, tick: number) => Promise<unknown>;

const tickText = (text: string, tick: number): string =>
  text.replace(/"example.com\/tick":"\d+"/, `"example.com/tick":"${tick}"`);
const tickPatch = (tick: number) => ({ metadata: { annotations: { 'example.com/tick': String(tick) } } });

async function cpuOf(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

/** Microseconds of CPU a write in each bench, the benches by turns. */
async function measure(benches: readonly Bench[], write: readonly Write[]): Promise<readonly number[]> {
  const times: number[][] = benches.map(() => []);
  let tick = 1;
  for (let round = -5; round < rounds; round++) {
    for (const [i, each] of benches.entries()) {
      const spent = await cpuOf(async () => {
        for (let n = 0; n < writes; n++) await write[i]!(each, tick++);
      });
      // The first rounds are for the compiler.
      if (round >= 0) times[i]!.push(spent / writes);
    }
  }
  return times.map(median);
}

const micro = (value: number): string => `${value.toFixed(1).padStart(6)} µs`;
const show = (name: string, text: string): void => console.log(`${name.padEnd(50)} ${text}`);

async function compare(name: string, [plain, owning]: readonly [Bench, Bench], write: Write, inOwned = write) {
  const before = [await plain.revision(), await owning.revision()];
  const [without, withOwners] = (await measure([plain, owning], [write, inOwned])) as [number, number];
  const done = writes * (rounds + 5);
  if ((await plain.revision()) - before[0]! !== done || (await owning.revision()) - before[1]! !== done) {
    throw new Error(`${name}: not every update was written`);
  }
  const more = withOwners - without;
  const part = `${((more / without) * 100).toFixed(0).padStart(3)} %`;
  show(name, `${micro(without)} → ${micro(withOwners)}  +${part}  +${micro(more)}`);
}

const { type } = body as { readonly type: TypeNode };
const decoded = (text: string): KubernetesObject => decodeJson(type, text).value as KubernetesObject;
const plain = await bench(false);
const owning = await bench(true);
const both = [plain, owning] as const;
/** What a client has that reads, changes and writes back: without a version, so that it may be written at any time. */
const readBack = async ({ send }: Bench): Promise<string> => {
  const object = (await send('GET', path, '')).read();
  delete object.metadata.resourceVersion;
  return JSON.stringify(object);
};
const withoutOwners = (text: string): string => {
  const object = JSON.parse(text) as KubernetesObject;
  delete object.metadata.managedFields;
  return JSON.stringify(object);
};
const [seen, seenOwned] = [await readBack(plain), await readBack(owning)];
const bare = withoutOwners(seenOwned);
show('Pod', `${podText().length} B as sent, ${seen.length} B stored, ${seenOwned.length} B with owners`);
console.log('\nCPU an update, without → with field ownership (goal: + 40 %, + 60 µs)');

const putIn =
  (text: string): Write =>
  (each, tick) =>
    updateIn(each, () => decoded(tickText(text, tick)));
await compare('registry: PUT that says nothing of owners', both, putIn(seen), putIn(bare));
await compare('registry: PUT of what was read, with its owners', both, putIn(seen), putIn(seenOwned));
await compare('registry: merge patch of one annotation', both, (each, tick) =>
  updateIn(each, (live) => fromUnstructured(type, applyMergePatch(live, tickPatch(tick))).value as KubernetesObject),
);

const putTo =
  (text: string): Write =>
  ({ send }, tick) =>
    demand(200, send('PUT', path, tickText(text, tick)));
await compare('server: PUT that says nothing of owners', both, putTo(seen), putTo(bare));
await compare('server: PUT of what was read, with its owners', both, putTo(seen), putTo(seenOwned));
await compare('server: merge patch of one annotation', both, ({ send }, tick) =>
  demand(200, send('PATCH', path, JSON.stringify(tickPatch(tick)), 'application/merge-patch+json')),
);

console.log('\nServer-side apply of the Pod by one manager');
const applyPath = `${path}?fieldManager=applier&force=true`;
const apply = ({ send }: Bench, text: string): Promise<void> =>
  demand(200, send('PATCH', applyPath, text, 'application/apply-patch+yaml'));
const text = podText();
await apply(owning, text);
const before = await owning.revision();
const [same] = (await measure([owning], [(each) => apply(each, text)])) as [number];
const written = (await owning.revision()) - before;
if (written !== 0) throw new Error(`${written} of ${writes * (rounds + 5)} applies that change nothing were written`);
show('server: apply that changes nothing', `${micro(same)}  ${written} writes in ${writes * (rounds + 5)}`);
const [changed] = (await measure([owning], [(each, tick) => apply(each, tickText(text, tick))])) as [number];
show('server: apply that changes one annotation', micro(changed));

console.log('\nThe field manager alone, with objects that were just read');
const manager = owning.fields!;
/** Microseconds of CPU a call; reading the objects is not counted. */
async function alone<T>(name: string, read: (tick: number) => T, call: (objects: T) => unknown): Promise<void> {
  const times: number[] = [];
  for (let round = -5; round < rounds; round++) {
    const objects = Array.from({ length: writes }, (_, tick) => read(tick));
    const spent = await cpuOf(async () => {
      for (const each of objects) call(each);
    });
    if (round >= 0) times.push(spent / writes);
  }
  show(name, micro(median(times)));
}
const configuration = JSON.parse(text) as KubernetesObject;
const applied = decoded(await owning.send('GET', path, '').then((answer) => JSON.stringify(answer.read())));
await alone(
  'update that changes one annotation',
  (tick) => [decoded(seenOwned), decoded(tickText(bare, tick))] as const,
  ([live, next]) => manager.update(live, next, 'bench'),
);
await alone(
  'create',
  (tick) => decoded(tickText(podText(), tick)),
  (next) => manager.update(undefined, next, 'bench'),
);
await alone(
  'apply that changes nothing',
  () => applied,
  (live) => manager.apply(live, { ...configuration }, 'applier', true),
);
await plain.close();
await owning.close();
