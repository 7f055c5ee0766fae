import { connect, createServer, type Socket } from 'node:net';
import { freePorts } from './start-etcd.ts';

/** A wire to etcd that can be cut. */
export interface Wire {
  readonly endpoint: string;
  /** Bytes that came from etcd. */
  readonly received: number;
  /** Cuts every connection; new ones are taken. */
  cut(): void;
  /** Cuts every connection when this many more bytes have come from etcd. */
  cutAfter(bytes: number): void;
  /** Answers stay here from now on; what is asked still arrives. */
  holdAnswers(): void;
  /** Answers of connections that are made from now on pass. */
  letPass(): void;
  close(): Promise<void>;
}

/** `port`: the one to listen on. */
export async function startWire(target: string, port?: number): Promise<Wire> {
  const url = new URL(target);
  const own = port ?? (await freePorts(1))[0];
  const sockets = new Set<Socket>();
  let received = 0;
  let cutAt = Number.POSITIVE_INFINITY;
  let holding = false;
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const server = createServer((client) => {
    const etcd = connect(Number(url.port), url.hostname);
    for (const [from, to] of [
      [client, etcd],
      [etcd, client],
    ] as const) {
      sockets.add(from);
      from.on('error', () => {});
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
    client.pipe(etcd);
    etcd.on('data', (chunk) => {
      received += chunk.length;
      if (holding) return;
      if (!client.write(chunk)) {
        etcd.pause();
        client.once('drain', () => etcd.resume());
      }
      if (received >= cutAt) {
        cutAt = Number.POSITIVE_INFINITY;
        cut();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(own, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${own}`,
    get received() {
      return received;
    },
    cut,
    cutAfter: (bytes) => {
      cutAt = received + bytes;
    },
    holdAnswers: () => {
      holding = true;
    },
    letPass: () => {
      holding = false;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
      }),
  };
}
