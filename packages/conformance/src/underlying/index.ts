// The kit for backends
export { underlyingKit, type UnderlyingKitOptions, underlyingStorageKit } from './kit.ts';

// Its parts, for reports and for kits of one's own
export { underlyingCases } from './cases.ts';
export type { Effort, UnderlyingCapability, UnderlyingCase, UnderlyingHarness } from './harness.ts';
