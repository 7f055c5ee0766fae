// The backend
export { createSqliteBackend, type SqliteBackend } from './sqlite-backend.ts';
export type { SqliteBackendOptions } from './options.ts';
export type { DriverName } from './driver.ts';
