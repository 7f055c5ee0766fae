import { describe, expect, it } from 'vitest';
import { parseStorageUrl } from '../src/open-backend.ts';

describe('storage URL', () => {
  it.each([
    ['memory://', { scheme: 'memory', location: '', options: {} }],
    ['sqlite://./orlop.db', { scheme: 'sqlite', location: './orlop.db', options: {} }],
    ['sqlite:///var/lib/orlop.db', { scheme: 'sqlite', location: '/var/lib/orlop.db', options: {} }],
    ['sqlite://:memory:', { scheme: 'sqlite', location: ':memory:', options: {} }],
    ['sqlite://C:\\data\\orlop.db', { scheme: 'sqlite', location: 'C:\\data\\orlop.db', options: {} }],
    [
      'sqlite://my db.db?synchronous=NORMAL',
      { scheme: 'sqlite', location: 'my db.db', options: { synchronous: 'NORMAL' } },
    ],
    ['SQLite://x', { scheme: 'sqlite', location: 'x', options: {} }],
  ])('%s', (text, expected) => {
    expect(parseStorageUrl(text)).toEqual(expected);
  });

  it.each(['', 'orlop.db', './orlop.db', '/tmp/x', 'sqlite:orlop.db', '://x'])(
    'refuses %j and says what to try',
    (text) => {
      expect(() => parseStorageUrl(text)).toThrow(/try memory:\/\/ or sqlite:\/\/\.\/orlop\.db/);
    },
  );
});
