import { describe, expect, test } from 'vitest';
import * as contract from '../src/underlying.ts';

const { UnderlyingStorageError } = contract;

const made = {
  Compacted: contract.compacted(3, 7),
  FutureRevision: contract.futureRevision(9, 7),
  Unavailable: contract.unavailable('away'),
  Timeout: contract.timeout('no answer'),
  TooLarge: contract.tooLarge('/a', 11, 10),
  NoSpace: contract.noSpace('full'),
  Overrun: contract.overrun(5),
  Closed: contract.closed(),
  Corrupt: contract.corrupt('torn'),
  Locked: contract.locked('taken'),
  ReadOnly: contract.readOnly('read only'),
  InvalidArgument: contract.invalidArgument('bad'),
} satisfies Record<contract.UnderlyingStorageErrorCode, contract.UnderlyingStorageError>;

const predicates: Record<contract.UnderlyingStorageErrorCode, (error: unknown) => boolean> = {
  Compacted: contract.isCompacted,
  FutureRevision: contract.isFutureRevision,
  Unavailable: contract.isUnavailable,
  Timeout: contract.isTimeout,
  TooLarge: contract.isTooLarge,
  NoSpace: contract.isNoSpace,
  Overrun: contract.isOverrun,
  Closed: contract.isClosed,
  Corrupt: contract.isCorrupt,
  Locked: contract.isLocked,
  ReadOnly: contract.isReadOnly,
  InvalidArgument: contract.isInvalidArgument,
};

describe('failures of the lower contract', () => {
  test('each constructor makes its code, and exactly its predicate says so', () => {
    for (const [code, error] of Object.entries(made)) {
      expect(error.code).toBe(code);
      const yes = Object.entries(predicates).filter(([, is]) => is(error));
      expect(yes.map(([name]) => name)).toEqual([code]);
    }
  });

  test('predicates look at the code: an error of another copy of the package is known, others are not', () => {
    expect(contract.isCompacted(Object.assign(new Error('elsewhere'), { code: 'Compacted' }))).toBe(true);
    for (const other of [undefined, null, 'Compacted', new Error('x'), { code: 410 }]) {
      expect(contract.isCompacted(other)).toBe(false);
    }
  });

  test('texts name the revisions, details carry them, causes are kept', () => {
    expect(made.Compacted.message).toBe('revision 3 has been compacted, history begins at 7');
    expect(made.Compacted.details).toEqual({ requestedRevision: 3, compactRevision: 7 });
    expect(made.TooLarge.message).toContain('11 bytes, the limit is 10');
    const cause = new Error('disk');
    expect(contract.noSpace('full', cause).cause).toBe(cause);
    expect(new UnderlyingStorageError('Closed', 'x').cause).toBeUndefined();
  });
});
