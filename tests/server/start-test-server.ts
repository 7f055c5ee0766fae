import { createServer, type ServerOptions } from 'orlop';

export interface TestServer {
  readonly url: string;
  /** Makes it look used: a hundred revisions further, with all history up to there forgotten. */
  age(): Promise<void>;
  close(): Promise<void>;
}

/** A whole server on a free port, on memory unless told otherwise. */
export async function startTestServer(options: ServerOptions = {}): Promise<TestServer> {
  const server = await createServer(options);
  const { url } = await server.listen({ port: 0 });
  return {
    url,
    async age() {
      const { backend } = server;
      for (let i = 0; i < 100; i++) await backend.put(`/elsewhere/${i}`, new Uint8Array(), 0);
      await backend.compact(await backend.currentRevision());
    },
    close: () => server.close(),
  };
}
