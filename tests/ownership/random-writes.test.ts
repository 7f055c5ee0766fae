import type { KubernetesObject, ManagedFieldsEntry } from '@orlop/apimachinery';
import { createFetchHandler, type FetchHandler } from '@orlop/apiserver';
import { compareBytewise, type TypeNode } from '@orlop/schema';
import { encodeFieldsV1, noFields, type Path, pathText } from '@orlop/structured-merge';
import { createServer, type Server } from 'orlop';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { allOwned, appliedFields, leavesOf, pathNames, setOf, valueAt } from './fields.ts';
import { type Kind, kinds } from './kinds.ts';
import { Random } from './random.ts';
import { RandomWrites, type Write } from './random-writes.ts';

/**
 * Random objects of real kinds, random writes of several managers, all through the server; after each write, what must
 * always hold. The seed is in every failure: ORLOP_FUZZ_SEED repeats it. ORLOP_FUZZ_SECONDS lets it run longer, on new seeds.
 */
const seconds = Number(process.env['ORLOP_FUZZ_SECONDS'] ?? 0);
const firstSeed = Number(process.env['ORLOP_FUZZ_SEED'] ?? (seconds > 0 ? Date.now() % 1_000_000_000 : 1));
/** As many as take ten seconds, and no more than these. */
const sequences = 60;
const stepsOfEach = 15;

interface Answer {
  readonly status: number;
  readonly body: KubernetesObject & { readonly message?: string };
}

/** The server's clock, in milliseconds: a second passes with each step, none within one. */
let now = Date.parse('2030-01-01T00:00:00Z');
let server: Server;
let handle: FetchHandler;

beforeAll(async () => {
  server = await createServer({ runtime: { clock: { now: () => now, monotonic: () => performance.now() } } });
  handle = createFetchHandler(server.apiServer);
});
afterAll(() => server?.close());

async function send(method: string, path: string, contentType?: string, body?: string): Promise<Answer> {
  const headers = contentType === undefined ? {} : { 'content-type': contentType };
  const response = await handle(
    new Request(`http://orlop${path}`, { method, headers, ...(body === undefined ? {} : { body }) }),
  );
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

const sent = ({ method, path, contentType, body }: Write): Promise<Answer> => send(method, path, contentType, body);
const entriesOf = (object: KubernetesObject | undefined): readonly ManagedFieldsEntry[] =>
  object?.metadata.managedFields ?? [];

function identity({ manager, operation, apiVersion, subresource }: ManagedFieldsEntry): string {
  return JSON.stringify([manager, operation, operation === 'Apply' ? '' : apiVersion, subresource]);
}

/** One sequence of writes to one object. */
class Sequence {
  readonly #kind: Kind;
  readonly #url: string;
  readonly #writes: RandomWrites;
  /** What each manager applied last. */
  readonly #configs = new Map<string, unknown>();
  readonly #edits: boolean;
  #live: KubernetesObject | undefined;
  applies = 0;

  constructor(seed: number) {
    const random = new Random(seed);
    this.#kind = kinds[seed % kinds.length]!;
    // Where clients edit managedFields, anybody may own anything.
    this.#edits = seed % 5 === 0;
    const name = `o${seed}`;
    this.#url = `${this.#kind.root}/namespaces/default/${this.#kind.plural}/${name}`;
    this.#writes = new RandomWrites(random, this.#kind, 'default', name, { empty: 0.02, wrong: 0.002 }, this.#edits);
  }

  async step(): Promise<void> {
    now += 1000;
    const before = this.#live;
    const write = this.#writes.next(before);
    const answer = await sent(write);
    expect(answer.body.message ?? '').not.toMatch(/Cannot read|undefined|is not a function/);
    const stored = await send('GET', this.#url);
    this.#live = stored.status === 200 ? stored.body : undefined;
    if (answer.status >= 300) expect(this.#live, 'a write that failed wrote nothing').toEqual(before);
    if (this.#live === undefined) return void this.#configs.clear();
    this.#checkEntries(this.#live);
    const dry = write.path.includes('dryRun');
    if (write.apply !== undefined && answer.status < 300) {
      if (!dry) this.#configs.set(write.apply.manager, write.apply.config);
      this.#checkApplied(before, answer.body, write.apply);
      if (!dry) await this.#checkAgain(write, this.#live);
      this.applies++;
    }
    if (!this.#edits) this.#checkOwned(this.#live);
    await this.#checkOwnValues(this.#live);
  }

  /** Each entry is written in the one form, and they are in order. */
  #checkEntries(object: KubernetesObject): void {
    const keys: string[] = [];
    for (const entry of entriesOf(object)) {
      if (entry.fieldsV1 !== undefined) {
        expect(encodeFieldsV1(setOf(entry)), 'FieldsV1, read and written').toBe(JSON.stringify(entry.fieldsV1));
      }
      const { operation = '', time = '', manager = '', apiVersion = '', subresource = '' } = entry;
      keys.push([operation, time, manager, apiVersion, subresource].join('\0'));
    }
    expect(keys, 'the order of entries').toEqual([...keys].sort(compareBytewise));
    // A write through the scale splits the size off its owner, into an entry without time.
    const identities = entriesOf(object).map((entry) => `${identity(entry)} ${entry.time === undefined}`);
    expect(new Set(identities).size, 'one entry a manager').toBe(identities.length);
  }

  /** An applier owns all that it sent and nothing else; nobody else's fields come to be without an owner. */
  #checkApplied(
    before: KubernetesObject | undefined,
    after: KubernetesObject,
    apply: NonNullable<Write['apply']>,
  ): void {
    const { manager, config } = apply;
    const { type } = this.#kind;
    const isOwn = (entry: ManagedFieldsEntry) =>
      entry.manager === manager && entry.operation === 'Apply' && (entry.subresource ?? '') === '';
    const own = entriesOf(after).find(isOwn);
    const wanted = appliedFields(type, config);
    expect(pathNames(own === undefined ? noFields : setOf(own)), 'what an applier owns').toEqual(pathNames(wanted));
    if (before === undefined || entriesOf(before).length === 0) return;
    // Of two entries of one manager, as a write through the scale makes them, only one counts from then on.
    if (new Set(entriesOf(before).map(identity)).size < entriesOf(before).length) return;
    const given = entriesOf(before).find(isOwn);
    const gaveUp = given === undefined ? noFields : setOf(given);
    const ownedBefore = allOwned(entriesOf(before));
    const ownedAfter = allOwned(entriesOf(after));
    const lost = leavesOf(type, after).intersection(ownedBefore).difference(ownedAfter).difference(gaveUp);
    expect(pathNames(lost), 'fields that an apply left without an owner').toEqual([]);
  }

  /** Applying the same again changes nothing, not even the resourceVersion. */
  async #checkAgain(write: Write, live: KubernetesObject): Promise<void> {
    // Who owned nothing was forgotten, so that what is there counts as somebody's before the first apply.
    if (entriesOf(live).length === 0) return;
    // The server itself rewrites this annotation, also for those who apply it.
    if (write.body.includes('last-applied-configuration')) return;
    const again = await sent(write);
    expect([again.status, again.body.message], 'applied again').toEqual([200, undefined]);
    expect(again.body, 'applied again').toEqual(live);
  }

  /** Who owns what is not there owns a container that was emptied, or sent a zero that is not written. */
  #checkOwned(object: KubernetesObject): void {
    for (const entry of entriesOf(object)) {
      const { manager = '', operation, subresource = '' } = entry;
      for (const path of setOf(entry).leaves().paths()) {
        if (valueAt(object, path) !== undefined || path.at(-1)?.kind === 'key') continue;
        if (operation === 'Update') {
          expect(this.#mayBeGone(path), `${manager} owns ${pathText(path)}, which is not there`).toBe(true);
        } else if (subresource === '') {
          const value = valueAt(this.#configs.get(manager), path);
          expect(isZero(value) || this.#mayBeGone(path), `${manager} applied ${pathText(path)}, which is gone`).toBe(
            true,
          );
        }
      }
    }
  }

  #mayBeGone(path: Path): boolean {
    const { dropped = [] } = this.#kind;
    return this.#isContainer(path) || dropped.some((text) => pathText(path).startsWith(text));
  }

  #isContainer(path: Path): boolean {
    let type: TypeNode | undefined = this.#kind.type;
    for (const element of path) {
      if (type?.kind === 'struct') type = element.kind === 'field' ? type.byName.get(element.name)?.type : undefined;
      else if (type?.kind === 'map') type = type.values;
      else if (type?.kind === 'list') type = type.items;
      else type = undefined;
    }
    return type === undefined || type.kind !== 'scalar';
  }

  /** Whoever applies what is there anyway is in nobody's way. */
  async #checkOwnValues(object: KubernetesObject): Promise<void> {
    const { status: _, metadata, ...rest } = object as KubernetesObject & { readonly status?: unknown };
    const { labels, annotations } = metadata;
    const config = { ...rest, metadata: { name: metadata.name, labels, annotations } };
    const query = '?fieldManager=visitor&dryRun=All';
    const { status, body } = await send(
      'PATCH',
      this.#url + query,
      'application/apply-patch+yaml',
      JSON.stringify(config),
    );
    expect([status, body.message], 'applying the live values').not.toEqual([409, body.message]);
  }
}

function isZero(value: unknown): boolean {
  if (value === null || value === undefined || value === '' || value === 0 || value === false) return true;
  return typeof value === 'object' && Object.values(value).every(isZero);
}

it(
  'whatever is written, ownership stays in order',
  async () => {
    const end = performance.now() + seconds * 1000;
    let applies = 0;
    let seed = firstSeed;
    const enough = performance.now() + 10_000;
    const suite = () => seed < firstSeed + sequences && performance.now() < enough;
    for (; suite() || performance.now() < end; seed++) {
      const sequence = new Sequence(seed);
      for (let step = 0; step < stepsOfEach; step++) {
        try {
          await sequence.step();
        } catch (error) {
          (error as Error).message = `ORLOP_FUZZ_SEED=${seed}, step ${step}: ${(error as Error).message}`;
          throw error;
        }
      }
      applies += sequence.applies;
    }
    // Most of it must get through, or it says nothing.
    expect(applies).toBeGreaterThan(2 * (seed - firstSeed));
  },
  20_000 + seconds * 1000,
);
