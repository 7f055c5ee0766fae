import { connect, createServer, type Socket } from 'node:net';

/** What becomes of a connection: it passes, it is cut, or its bytes stay where they are until it passes again. */
export type Passage = 'open' | 'closed' | 'frozen';

/** A TCP proxy whose connections can be cut or held back, each by who made it. */
export interface Gate {
  /** The passages have changed: looks at every connection again. */
  update(): void;
  /** What is connected now never hears from the other side again; what connects later passes. */
  abandon(): void;
  close(): Promise<void>;
}

export interface GateOptions {
  /** The port to listen on, and that of the other side. */
  readonly port: number;
  readonly target: number;
  /** Who connects, by the first bytes that are sent. @default nobody in particular */
  readonly nameOf?: (head: string) => string;
  readonly passage: (name: string) => Passage;
}

interface Link {
  /** Known when its first bytes have come. */
  name: string | undefined;
  readonly inner: Socket;
  readonly outer: Socket;
  abandoned: boolean;
}

export async function startGate({ port, target, nameOf = () => '', passage }: GateOptions): Promise<Gate> {
  const links = new Set<Link>();
  const wayOf = (link: Link): Passage => (link.abandoned ? 'frozen' : passage(link.name!));
  const apply = (link: Link): void => {
    if (link.name === undefined) return;
    const way = wayOf(link);
    const sockets = [link.inner, link.outer];
    if (way === 'closed') for (const socket of sockets) socket.destroy();
    else if (way === 'frozen') for (const socket of sockets) socket.pause();
    else for (const socket of sockets) socket.resume();
  };
  const server = createServer((outer) => {
    const inner = connect(target, '127.0.0.1');
    const link: Link = { name: undefined, inner, outer, abandoned: false };
    links.add(link);
    for (const [from, to] of [
      [outer, inner],
      [inner, outer],
    ] as const) {
      from.on('error', () => {});
      from.on('close', () => {
        links.delete(link);
        to.destroy();
      });
      // A side that is written to faster than it reads is not a matter here: tests send little.
      from.on('data', (chunk) => {
        link.name ??= nameOf(chunk.toString('latin1'));
        if (wayOf(link) === 'open') to.write(chunk);
        else {
          apply(link);
          if (!from.destroyed) from.unshift(chunk);
        }
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    update: () => {
      for (const link of links) apply(link);
    },
    abandon: () => {
      for (const link of links) {
        link.abandoned = true;
        apply(link);
      }
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const { inner, outer } of links) {
          inner.destroy();
          outer.destroy();
        }
      }),
  };
}
