import { createServer, type ServerOptions } from 'orlop';

export interface TestServer {
  readonly url: string;
  close(): Promise<void>;
}

/** A whole server on a free port, on memory unless told otherwise. */
export async function startTestServer(options: ServerOptions = {}): Promise<TestServer> {
  const server = await createServer(options);
  const { url } = await server.listen({ port: 0 });
  return { url, close: () => server.close() };
}
