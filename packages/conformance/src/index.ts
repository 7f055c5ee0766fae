// The frame: what a kit is, and ways to run one
export type { CaseResult, ConformanceCase, Kit } from './case.ts';
export { runCase, runKit } from './run-case.ts';
export { registerKit } from './register.ts';

// The frame: contract and cases side by side
export { type ContractCoverage, contractCoverage, contractIds } from './coverage.ts';

// What cases are written with
export { ConformanceFailure, equal, ok, rejects, sameDeep, show } from './expect.ts';
export { type ManualRuntime, manualRuntime } from './manual-runtime.ts';

// The oracle of the lower contract
export { Model, type ModelWrite, type Refusal } from './model.ts';

// Concurrent histories, recorded and judged
export { type Call, type CallResult, type Found, linearizabilityViolations } from './linearizable.ts';
export { type HistoryOptions, recordHistory } from './record-history.ts';
