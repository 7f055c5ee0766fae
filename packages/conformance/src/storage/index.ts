// The kit for implementations of Storage
export { storageKit, type StorageCase, type StorageKitOptions } from './storage-kit.ts';
export { storageCases } from './cases.ts';
export { StorageHarness, type StorageCapability, type StorageUnderTest } from './storage-harness.ts';

// The resource its cases work on
export { type Vessel, type VesselParts, vessel, vesselSchema, vessels } from './vessel.ts';

// Parts that tests of one's own may use
export { type RecordedList, type Recording, recordBackend } from './recorded-backend.ts';
export { eventText, WatchRecorder } from './watch-recorder.ts';
