import { Client } from '../src/client.ts';
import { statusRequest } from '../src/messages.ts';
import { Reader } from '../src/protobuf.ts';
import { type Gate, type Passage, startGate } from './gate.ts';
import { type Etcd, freePorts, member } from './start-etcd.ts';

/** A cluster whose network belongs to the test: members and clients reach each member through its gates. */
export interface PartitionableCluster {
  /** Of each member, through its gate. */
  readonly endpoints: readonly string[];
  /** The number of the member that leads. Waits for one. */
  leader(): Promise<number>;
  /** Cuts, or holds back, all traffic between this member and the others; clients still reach it. */
  isolate(one: number, passage: Exclude<Passage, 'open'>): void;
  /** Holds back, or lets go, all traffic between clients and this member. */
  passClients(one: number, passage: Passage): void;
  /** Clients' present connections to this member are dead without a word; new ones pass. */
  abandonClients(one: number): void;
  /** Lets everything pass again. */
  heal(): void;
  stop(): Promise<void>;
}

export async function startPartitionableCluster(size: number): Promise<PartitionableCluster> {
  const ports = await freePorts(size * 4);
  const some = (from: number): readonly number[] => ports.slice(from * size, (from + 1) * size);
  const [clients, peers, outerClients, outerPeers] = [some(0), some(1), some(2), some(3)];
  const cluster = outerPeers.map((port, i) => `m${i}=http://127.0.0.1:${port}`).join(',');
  // As long as machines under load need to not lose their leader, as short as a test can wait for.
  const args = ['--heartbeat-interval', '50', '--election-timeout', '500'];
  const members: readonly Etcd[] = clients.map((client, i) =>
    member({ name: `m${i}`, client, peer: peers[i]!, advertised: outerPeers[i]!, cluster, args }),
  );
  const isolated = new Map<number, Passage>();
  const clientPassage = new Map<number, Passage>();
  /** Each member tells in its requests where the others find it. What does not tell carries no replication. */
  const senderOf = (head: string): string => {
    const port = Number(/x-peerurls: http:\/\/127\.0\.0\.1:(\d+)/i.exec(head)?.[1]);
    return String(outerPeers.indexOf(port));
  };
  const peerGates = await Promise.all(
    outerPeers.map((port, i) =>
      startGate({
        port,
        target: peers[i]!,
        nameOf: senderOf,
        passage: (sender) => isolated.get(i) ?? isolated.get(Number(sender)) ?? 'open',
      }),
    ),
  );
  const clientGates = await Promise.all(
    outerClients.map((port, i) =>
      startGate({ port, target: clients[i]!, passage: () => clientPassage.get(i) ?? 'open' }),
    ),
  );
  const update = (gates: readonly Gate[]): void => {
    for (const gate of gates) gate.update();
  };
  await Promise.all(members.map((one) => one.start()));

  const leads = async (endpoint: string): Promise<boolean> => {
    const client = new Client({ endpoints: endpoint, requestTimeout: 500 });
    try {
      const { own, leader } = readLeader(
        await client.call('/etcdserverpb.Maintenance/Status', statusRequest(), { repeat: 'any' }),
      );
      return own === leader;
    } catch {
      return false;
    } finally {
      client.close();
    }
  };

  return {
    endpoints: outerClients.map((port) => `http://127.0.0.1:${port}`),
    async leader() {
      for (const until = Date.now() + 10_000; Date.now() < until; ) {
        for (const [i, { endpoint }] of members.entries()) if (await leads(endpoint)) return i;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error('no member leads');
    },
    isolate(one, passage) {
      isolated.set(one, passage);
      update(peerGates);
    },
    passClients(one, passage) {
      clientPassage.set(one, passage);
      clientGates[one]!.update();
    },
    abandonClients: (one) => clientGates[one]!.abandon(),
    heal() {
      isolated.clear();
      clientPassage.clear();
      update([...peerGates, ...clientGates]);
    },
    async stop() {
      await Promise.all(members.map((one) => one.stop()));
      await Promise.all([...peerGates, ...clientGates].map((gate) => gate.close()));
    },
  };
}

/** Who answers, and whom it takes for the leader; 0n: nobody. */
function readLeader(message: Buffer): { readonly own: bigint; readonly leader: bigint } {
  const reader = new Reader(message);
  let own = 0n;
  let leader = 0n;
  while (reader.at < message.length) {
    const tag = reader.tag();
    if (tag === 0x0a) {
      const end = reader.nested();
      while (reader.at < end) {
        const inner = reader.tag();
        if (inner === 0x10) own = reader.int64();
        else reader.skip(inner);
      }
    } else if (tag === 0x20) leader = reader.int64();
    else reader.skip(tag);
  }
  return { own, leader };
}
