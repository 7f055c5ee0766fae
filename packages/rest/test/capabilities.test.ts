import { describe, expect, it } from 'vitest';
import { isPatcher, type RESTStorage, verbsOf } from '../src/index.ts';

const kind = { group: 'test.dev', version: 'v1', kind: 'Gadget' };
const offering = (...methods: string[]): RESTStorage =>
  Object.assign({ kind }, Object.fromEntries(methods.map((method) => [method, () => {}])));

describe('verbsOf', () => {
  it.each([
    [[], []],
    [['get'], ['get']],
    [['update'], ['update']],
    [
      ['update', 'get'],
      ['get', 'patch', 'update'],
    ],
    [['createNamed'], ['create']],
    [
      ['watch', 'list', 'get', 'update', 'create', 'delete', 'deleteCollection'],
      ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'],
    ],
  ])('of %j are %j', (methods, verbs) => {
    expect(verbsOf(offering(...methods))).toEqual(verbs);
    expect(isPatcher(offering(...methods))).toBe(verbs.includes('patch'));
  });

  it('sees methods of classes too', () => {
    class Storage {
      readonly kind = kind;
      get() {}
    }
    expect(verbsOf(new Storage())).toEqual(['get']);
  });
});
