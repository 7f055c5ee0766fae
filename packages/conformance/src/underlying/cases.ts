import { compactCases } from './compact.cases.ts';
import { concurrencyCases } from './concurrency.cases.ts';
import type { UnderlyingCase } from './harness.ts';
import { historyCases } from './history.cases.ts';
import { lifecycleCases } from './lifecycle.cases.ts';
import { listCases } from './list.cases.ts';
import { progressCases } from './progress.cases.ts';
import { readCases } from './read.cases.ts';
import { ttlCases } from './ttl.cases.ts';
import { watchCases } from './watch.cases.ts';
import { writeCases } from './write.cases.ts';

/** Every case of the lower contract, from the plain to the random. */
export const underlyingCases: readonly UnderlyingCase[] = [
  ...readCases,
  ...writeCases,
  ...listCases,
  ...watchCases,
  ...progressCases,
  ...compactCases,
  ...ttlCases,
  ...concurrencyCases,
  ...lifecycleCases,
  ...historyCases,
];
