import { parseFieldSelector, parseLabelSelector } from '@orlop/apimachinery';
import type { Stored } from '@orlop/storage-interface';
import { describe, expect, it } from 'vitest';
import { Dispatcher } from '../src/dispatcher.ts';
import type { CacheEvent } from '../src/event-ring.ts';
import { stored } from './stored.ts';

const thing = (key: string, revision: number, node: string): Stored => ({
  ...stored(key, revision),
  fields: { 'metadata.name': key.split('/').at(-1)!, 'spec.node': node },
});
const change = (previous: Stored | undefined, current: Stored | undefined, revision = 9): CacheEvent => ({
  revision,
  key: (current ?? previous)!.key,
  current,
  previous,
  at: 0,
});
const selecting = (field: string) => ({ field: parseFieldSelector(field), label: parseLabelSelector('') });

/** A dispatcher whose watchers note what they get. */
function noting() {
  const dispatcher = new Dispatcher(['spec.node']);
  const log: string[] = [];
  const add = (scope: string, field = '') =>
    dispatcher.add(
      { scope, predicate: field === '' ? undefined : selecting(field) },
      {
        event: (event) => log.push(`${scope} ${field}: ${event.type}`),
        end: () => log.push(`${scope} end`),
      },
    );
  return { dispatcher, log, add };
}

describe('dispatcher', () => {
  it('tells the collections above a key and the key, and nobody beside them', () => {
    const { dispatcher, log, add } = noting();
    for (const scope of ['/pods/', '/pods/ns/', '/pods/ns/a', '/pods/ns/ab', '/pods/ns-1/', '/pod/']) add(scope);
    expect(dispatcher.dispatch(change(undefined, thing('/pods/ns/a', 9, '')))).toBe(3);
    expect(log).toEqual(['/pods/ : ADDED', '/pods/ns/ : ADDED', '/pods/ns/a : ADDED']);
  });

  it('tells of an indexed field the watchers of the new and of the old value only', () => {
    const { dispatcher, log, add } = noting();
    for (const node of ['n1', 'n2', 'n3', '']) add('/pods/', `spec.node=${node}`);
    add('/pods/', 'spec.node!=n1');
    expect(dispatcher.dispatch(change(thing('/pods/ns/a', 3, 'n1'), thing('/pods/ns/a', 9, 'n2')))).toBe(3);
    expect(log).toEqual(['/pods/ spec.node!=n1: ADDED', '/pods/ spec.node=n2: ADDED', '/pods/ spec.node=n1: DELETED']);
    log.length = 0;
    dispatcher.dispatch(change(undefined, thing('/pods/ns/b', 9, '')));
    expect(log).toEqual(['/pods/ spec.node!=n1: ADDED', '/pods/ spec.node=: ADDED']);
  });

  it('finds watchers of one name in all namespaces by that name', () => {
    const { dispatcher, log, add } = noting();
    add('/pods/', 'metadata.name=a');
    add('/pods/', 'metadata.name=b');
    dispatcher.dispatch(change(thing('/pods/ns/a', 3, ''), undefined));
    expect(log).toEqual(['/pods/ metadata.name=a: DELETED']);
  });

  it('asks no watcher that cannot match, however many there are', () => {
    const { dispatcher } = noting();
    let asked = 0;
    const counting = (node: string) => {
      const predicate = selecting(`spec.node=${node}`);
      const { field } = predicate;
      const matches = (fields: never) => {
        asked++;
        return field.matches(fields);
      };
      return { ...predicate, field: { ...field, matches } };
    };
    for (let i = 0; i < 1000; i++) {
      dispatcher.add({ scope: '/pods/', predicate: counting(`n${i}`) }, { event() {}, end() {} });
    }
    dispatcher.dispatch(change(undefined, thing('/pods/ns/a', 9, 'n7')));
    expect(asked).toBe(1);
  });

  it('a watcher that leaves while an event is handed out is not told, and nobody else is skipped or told twice', () => {
    const dispatcher = new Dispatcher();
    const told: number[] = [];
    const leave: (() => void)[] = [];
    for (let i = 0; i < 6; i++) {
      leave.push(
        dispatcher.add(
          { scope: '/pods/', predicate: undefined },
          {
            event() {
              told.push(i);
              if (i === 1) {
                leave[0]!();
                leave[1]!();
                leave[3]!();
                // Twice is fine.
                leave[3]!();
              }
            },
            end() {},
          },
        ),
      );
    }
    dispatcher.dispatch(change(undefined, thing('/pods/ns/a', 9, '')));
    expect(told).toEqual([0, 1, 2, 4, 5]);
    expect(dispatcher.count).toBe(3);
    told.length = 0;
    dispatcher.dispatch(change(undefined, thing('/pods/ns/b', 10, '')));
    expect(told).toEqual([2, 4, 5]);
  });

  it('forgets every group whose last watcher has left', () => {
    const { dispatcher, add } = noting();
    const fields = ['', 'spec.node=n1', 'metadata.name=a', 'spec.node!=n1'];
    const leave = Array.from({ length: 400 }, (_, i) => add(`/pods/ns${i % 7}/`, fields[i % fields.length]));
    for (const undo of leave) undo();
    expect(dispatcher.count).toBe(0);
    expect(dispatcher.scopes).toBe(0);
  });

  it('ends all', () => {
    const { dispatcher, log, add } = noting();
    add('/pods/');
    add('/pods/ns/');
    dispatcher.endAll();
    expect(log).toEqual(['/pods/ end', '/pods/ns/ end']);
  });
});
