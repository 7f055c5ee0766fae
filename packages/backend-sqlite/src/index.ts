// The backend
export { createSqliteBackend } from './create-sqlite-backend.ts';
export type { SqliteBackend } from './sqlite-store.ts';
export type { SqliteBackendOptions } from './options.ts';
export type { DriverName } from './driver.ts';
