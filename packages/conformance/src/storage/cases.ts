import { createCases } from './create.cases.ts';
import { deleteCases } from './delete.cases.ts';
import { getCases } from './get.cases.ts';
import { guaranteedUpdateCases } from './guaranteed-update.cases.ts';
import { keyCases } from './keys.cases.ts';
import { listCases } from './list.cases.ts';
import { listTableCases } from './list-table.cases.ts';
import { scopeCases } from './scopes.cases.ts';
import type { StorageCase } from './storage-kit.ts';
import { storeCases } from './store.cases.ts';
import { watchCases } from './watch.cases.ts';
import { watchStartCases } from './watch-start.cases.ts';
import { watchTransitionCases } from './watch-transitions.cases.ts';

/** Everything a Storage must do, verb by verb. */
export const storageCases: readonly StorageCase[] = [
  ...keyCases,
  ...createCases,
  ...getCases,
  ...guaranteedUpdateCases,
  ...deleteCases,
  ...listCases,
  ...listTableCases,
  ...watchTransitionCases,
  ...watchCases,
  ...watchStartCases,
  ...scopeCases,
  ...storeCases,
];
