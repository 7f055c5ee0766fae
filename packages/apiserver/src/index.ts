// The server
export type { ApiServer, CloseOptions } from './create-api-server.ts';
export { createApiServer } from './create-api-server.ts';
export type {
  ApiServerOptions,
  Authenticate,
  Describe,
  HealthCheck,
  HealthEndpoint,
  InstalledResource,
  Limits,
  LoadedResource,
  VersionInfo,
} from './server-options.ts';
export { defaultLimits, systemAdmin } from './server-options.ts';

// Its host: a request and its answer
export type { BodyStream, ServerRequest, ServerResponse } from './http/exchange.ts';
export { createFetchHandler, type FetchHandler } from './http/fetch-handler.ts';

// The address of a request
export { type ResolvedRequest, resolveRequest } from './request/request-info.ts';
