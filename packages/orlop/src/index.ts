// A server in this process
export { createServer, type ServedResource, type Server, type ServerOptions } from './create-server.ts';
export type { Listening, ListenOptions } from '@orlop/apiserver/node';

// Where the data is
export { openBackend, StorageUrlError } from './open-backend.ts';

// From one place to another
export { CopyError, type CopyProgress, type CopyResult, copyStore, type CopyStoreOptions } from './copy-store.ts';

// How clients find it
export { kubeconfigText, writeKubeconfig } from './kubeconfig.ts';

// What it serves
export { apps } from '@orlop/resources-apps';
export { core } from '@orlop/resources-core';
