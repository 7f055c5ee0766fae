import { decodeUtf8, parseFieldSelector, parseLabelSelector } from '@orlop/apimachinery';
import { describe, expect, it } from 'vitest';
import {
  admitAll,
  bench,
  create,
  deleting,
  type Gadget,
  gadget,
  listing,
  patch,
  refusal,
  request,
  update,
  watching,
  writing,
} from './support/gadgets.ts';

type Bench = ReturnType<typeof bench>;

async function seeded(given: Parameters<typeof bench>[0] = {}): Promise<Bench> {
  const b = bench(given);
  for (const name of ['a', 'b', 'c']) await create(b, gadget({ name, labels: { name, odd: String(name !== 'b') } }));
  await b.store.create(request('other'), gadget({ name: 'a' }), admitAll, writing());
  return b;
}

const names = (found: { readonly items: readonly { readonly object: Gadget }[] }) =>
  found.items.map(({ object: { metadata } }) => `${metadata.namespace}/${metadata.name}`);

describe('list', () => {
  it.each([
    ['ns', {}, ['ns/a', 'ns/b', 'ns/c']],
    ['', {}, ['ns/a', 'ns/b', 'ns/c', 'other/a']],
    ['ns', { labelSelector: 'odd=true' }, ['ns/a', 'ns/c']],
    ['ns', { fieldSelector: 'metadata.name=b' }, ['ns/b']],
    ['', { fieldSelector: 'metadata.name=a' }, ['ns/a', 'other/a']],
    ['', { fieldSelector: 'metadata.namespace=other' }, ['other/a']],
    ['', { fieldSelector: 'metadata.namespace=other,metadata.name=a' }, ['other/a']],
    ['ns', { fieldSelector: 'metadata.name=missing' }, []],
    ['ns', { fieldSelector: 'metadata.name!=b' }, ['ns/a', 'ns/c']],
    ['ns', { fieldSelector: 'metadata.name=a', labelSelector: 'odd=false' }, []],
  ] as const)(
    'of %j with %j',
    async (namespace, selectors: { labelSelector?: string; fieldSelector?: string }, expected) => {
      const b = await seeded();
      const found = await b.store.list(
        request(namespace),
        listing({
          ...(selectors.labelSelector === undefined
            ? {}
            : { labelSelector: parseLabelSelector(selectors.labelSelector) }),
          ...(selectors.fieldSelector === undefined
            ? {}
            : { fieldSelector: parseFieldSelector(selectors.fieldSelector) }),
        }),
      );
      expect(names(found)).toEqual(expected);
      expect(found.resourceVersion).toBe(await b.storage.getCurrentResourceVersion());
    },
  );

  it('goes page by page', async () => {
    const b = await seeded();
    const first = await b.store.list(request(), listing({ limit: 2 }));
    expect(names(first)).toEqual(['ns/a', 'ns/b']);
    const second = await b.store.list(request(), listing({ limit: 2, continue: first.continue }));
    expect(names(second)).toEqual(['ns/c']);
    expect(second.continue).toBe('');
  });

  it.each([
    [
      { resourceVersion: 'abc' },
      400,
      'invalid resource version: resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax',
    ],
    [{ continue: 'nonsense!' }, 400, /^(?:invalid )?continue (?:token|key)/],
    [{ resourceVersion: '9999' }, 504, /^Timeout: Too large resource version: 9999, current: /],
  ])('refuses %j', async (options, code, message) => {
    const b = await seeded();
    const status = await refusal(b.store.list(request(), listing(options)));
    expect(status['code']).toBe(code);
    if (typeof message === 'string') expect(status['message']).toBe(message);
    else expect(status['message']).toMatch(message);
  });

  it('decorates', async () => {
    const b = await seeded({ hooks: { decorate: (object) => ({ ...object, status: { phase: 'shown' } }) } });
    const found = await b.store.list(request(), listing());
    expect(found.items.map((item) => item.object.status?.phase)).toEqual(['shown', 'shown', 'shown']);
    expect((await b.live('a'))?.status).toBeUndefined();
    const text = decodeUtf8(found.items[0]!.encoded('test.dev/v1', 'application/json').bytes('document'));
    expect(JSON.parse(text).status).toEqual({ phase: 'shown' });
  });
});

describe('get', () => {
  it('says what is missing, and what is no version', async () => {
    const b = await seeded();
    expect(await refusal(b.store.get(request(), 'x', { resourceVersion: '' }))).toMatchObject({
      code: 404,
      message: 'gadgets.test.dev "x" not found',
    });
    // A cache in between answers 500 instead, as Kubernetes does.
    expect(await refusal(b.store.get(request(), 'a', { resourceVersion: 'abc' }))).toMatchObject({
      code: 400,
      message:
        'invalid resource version: resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax',
    });
    expect(await refusal(b.store.get(request(''), 'a', { resourceVersion: '' }))).toMatchObject({
      code: 400,
      message: 'Namespace parameter required.',
    });
  });
});

describe('watch', () => {
  it('sees one object when a field selector pins it', async () => {
    const b = await seeded();
    const heard: string[] = [];
    const events = await b.store.watch(request(), watching({ fieldSelector: parseFieldSelector('metadata.name=b') }));
    const subscription = events.subscribe((event) => {
      if (event.type !== 'BOOKMARK' && event.type !== 'ERROR')
        heard.push(`${event.type} ${event.object.object.metadata.name}`);
    });
    await expect.poll(() => heard).toEqual(['ADDED b']);
    await update(
      b,
      'a',
      patch((object) => {
        object.spec = { size: 1 };
      }),
    );
    await update(
      b,
      'b',
      patch((object) => {
        object.spec = { size: 1 };
      }),
    );
    await b.store.delete(request(), 'b', admitAll, deleting());
    await expect.poll(() => heard).toEqual(['ADDED b', 'MODIFIED b', 'DELETED b']);
    subscription.unsubscribe();
  });

  it('answers a bad version without a reason, and a compacted one inside the stream', async () => {
    const b = await seeded();
    const status = await refusal(b.store.watch(request(), watching({ resourceVersion: 'abc' })));
    expect(status).toMatchObject({ code: 500 });
    expect(status['reason']).toBeUndefined();

    await b.backend.compact(await b.backend.currentRevision());
    const errors: unknown[] = [];
    const events = await b.store.watch(request(), watching({ resourceVersion: '1' }));
    await new Promise<void>((resolve) => {
      events.subscribe({ next: (event) => event.type === 'ERROR' && errors.push(event.error), complete: resolve });
    });
    expect(errors).toMatchObject([{ status: { code: 410, reason: 'Expired' } }]);
  });
});

describe('deleteCollection', () => {
  it('deletes what the selectors name and answers how it was', async () => {
    const b = await seeded();
    const found = await b.store.deleteCollection(
      request(),
      admitAll,
      deleting(),
      listing({ labelSelector: parseLabelSelector('odd=true') }),
    );
    expect(names(found)).toEqual(['ns/a', 'ns/c']);
    expect(found.items[0]!.object.metadata.deletionTimestamp).toBeUndefined();
    expect(names(await b.store.list(request(''), listing()))).toEqual(['ns/b', 'other/a']);
  });

  it('with a limit deletes one page', async () => {
    const b = await seeded();
    const found = await b.store.deleteCollection(request(), admitAll, deleting(), listing({ limit: 2 }));
    expect(names(found)).toEqual(['ns/a', 'ns/b']);
    expect(found.continue).not.toBe('');
    expect(found.remainingItemCount).toBe(1);
    expect(names(await b.store.list(request(), listing()))).toEqual(['ns/c']);
  });

  it('stops at the first failure; what is gone stays gone', async () => {
    const b = await seeded();
    const { metadata } = (await b.live('a'))!;
    const status = await refusal(
      b.store.deleteCollection(request(), admitAll, deleting({ preconditions: { uid: metadata.uid! } }), listing()),
    );
    expect(status).toMatchObject({ code: 409, details: { name: 'b', kind: 'Gadget' } });
    expect(names(await b.store.list(request(), listing()))).toEqual(['ns/b', 'ns/c']);
  });

  it.each([1, 4])('does not mind others deleting too, with %i workers', async (deleteCollectionWorkers) => {
    const b = await seeded({ options: { deleteCollectionWorkers } });
    let interfered = false;
    const found = await b.store.deleteCollection(
      request(),
      async () => {
        if (interfered) return;
        interfered = true;
        await b.storage.delete('/gadgets/ns/b').catch(() => undefined);
      },
      deleting(),
      listing(),
    );
    expect(names(found)).toEqual(['ns/a', 'ns/b', 'ns/c']);
    expect(names(await b.store.list(request(), listing()))).toEqual([]);
  });
});
