import { InvalidArgumentError } from 'commander';

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const wording = 'it must be a time like 5m, 90s or 1h30m; 0 turns it off.';

/** Milliseconds of a time as Kubernetes' flags write it: `5m0s`, `90s`, `1.5h`, `0`. @throws InvalidArgumentError */
export function duration(text: string): number {
  if (text === '0') return 0;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join('') !== text) throw new InvalidArgumentError(wording);
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * units[unit!]!, 0);
}
