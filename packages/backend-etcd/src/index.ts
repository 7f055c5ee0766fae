// The backend
export { createEtcdBackend } from './create-etcd-backend.ts';
export type { EtcdBackendOptions, EtcdStoreOptions } from './options.ts';

// A client that several backends may share
export { createEtcdClient, type EtcdClient, type EtcdClientOptions } from './client.ts';
export type { TlsOptions } from './connection.ts';
