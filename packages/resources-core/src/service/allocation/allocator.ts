import { goQuote, pathSegmentName } from '@orlop/apimachinery';
import type { AddressRange } from './address-range.ts';
import type { Allocations } from './allocations.ts';
import { Claim } from './claim.ts';
import type { Pool } from './pool.ts';

/** Why something could not be had, in the words that messages carry. */
export type Refusal = string;

const held = (what: string): Refusal => `provided ${what} is already allocated`;

/** How one write takes addresses and ports. Each method answers what it took, or why it could not. */
export interface Allocator {
  outsideRange(family: string, ip: string): Refusal | undefined;
  /** What taking an address for an object of this name complains of: the name is noted beside the address. */
  ownerFault(name: string, ip: string): Refusal | undefined;
  /** The address must be of the range. */
  takeAddress(family: string, ip: string): Promise<Refusal | undefined>;
  /** Undefined when the range is full. */
  takeAnyAddress(family: string): Promise<string | undefined>;
  takePort(port: number): Promise<Refusal | undefined>;
  takeAnyPort(): Promise<number | undefined>;
  releaseAddress(ip: string): void;
  releasePort(port: number): void;
  finish(success: boolean): void;
}

/** Takes for good. Before it refuses it looks at the stored Services again: what it remembers may be gone. */
export function realAllocator(allocations: Allocations): Allocator {
  const claim = new Claim();
  const { ports } = allocations;

  async function take(pool: Pool, number: number): Promise<boolean> {
    if (claim.take(pool, number)) return true;
    await allocations.reconcile();
    return claim.take(pool, number);
  }
  async function takeAny(pool: Pool): Promise<number | undefined> {
    const number = claim.takeAny(pool);
    if (number !== undefined) return number;
    await allocations.reconcile();
    return claim.takeAny(pool);
  }

  return {
    outsideRange: (family, ip) =>
      addressPool(allocations, family).range.indexOf(ip) === undefined
        ? 'the provided network does not match the current range'
        : undefined,
    ownerFault,
    async takeAddress(family, ip) {
      const { range, pool } = addressPool(allocations, family);
      return (await take(pool, range.indexOf(ip)!)) ? undefined : held('IP');
    },
    async takeAnyAddress(family) {
      const { range, pool } = addressPool(allocations, family);
      const index = await takeAny(pool);
      return index === undefined ? undefined : range.at(index);
    },
    async takePort(port) {
      const index = allocations.portIndex(port);
      if (index === undefined) {
        const { firstPort, lastPort } = allocations;
        return `provided port is not in the valid range. The range of valid ports is ${firstPort}-${lastPort}`;
      }
      return (await take(ports, index)) ? undefined : held('port');
    },
    async takeAnyPort() {
      const index = await takeAny(ports);
      return index === undefined ? undefined : allocations.firstPort + index;
    },
    releaseAddress(ip) {
      for (const { range, pool } of allocations.addresses.values()) {
        const index = range.indexOf(ip);
        if (index !== undefined) claim.giveLater(pool, index);
      }
    },
    releasePort(port) {
      const index = allocations.portIndex(port);
      if (index !== undefined) claim.giveLater(ports, index);
    },
    finish: (success) => claim.finish(success),
  };
}

/** What upstream shows for ports that a dry run would have been given: one after another, beyond the usual range. */
const firstPretendedPort = 32769;

/** Takes nothing. Addresses and ports that nobody asked for by number are shown as placeholders that no Service gets. */
export function dryAllocator(allocations: Allocations): Allocator {
  const asked = new Set<number>();
  return {
    outsideRange: (family, ip) => outside(addressPool(allocations, family).range, ip),
    ownerFault: () => undefined,
    takeAddress: async () => undefined,
    takeAnyAddress: async (family) => addressPool(allocations, family).range.base,
    async takePort(port) {
      const index = allocations.portIndex(port);
      if ((index !== undefined && allocations.ports.has(index)) || asked.has(port)) return held('port');
      asked.add(port);
      return undefined;
    },
    async takeAnyPort() {
      const port = asked.size === 0 ? firstPretendedPort : Math.max(...asked) + 1;
      asked.add(port);
      return port;
    },
    releaseAddress() {},
    releasePort() {},
    finish() {},
  };
}

/** The owner's name is kept as a part of a path. */
function ownerFault(name: string, ip: string): Refusal | undefined {
  const about = `IPAddress.networking.k8s.io "${ip}" is invalid: spec.parentRef.name:`;
  if (name === '') return `${about} Required value`;
  const faults = pathSegmentName(name, false).map((fault) => `${about} Invalid value: ${goQuote(name)}: ${fault}`);
  return faults[0];
}

function outside({ cidr, indexOf }: AddressRange, ip: string): Refusal | undefined {
  if (indexOf(ip) !== undefined) return undefined;
  return `the provided IP (${ip}) is not in the valid range. The range of valid IPs is ${cidr}`;
}

function addressPool(allocations: Allocations, family: string) {
  const found = allocations.addresses.get(family as 'IPv4');
  // Families are settled before addresses are taken.
  if (found === undefined) throw new Error(`no range of ${family} addresses`);
  return found;
}
