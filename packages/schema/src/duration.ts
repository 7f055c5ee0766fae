/** Go's duration text (`1h30m0s`). */

/** Thrown for text that is no duration; the message is Go's. */
class DurationError extends Error {
  readonly code = 'DurationError';
}

const nanosecondsOf: ReadonlyMap<string, bigint> = new Map([
  ['ns', 1n],
  ['us', 1_000n],
  ['µs', 1_000n],
  ['μs', 1_000n],
  ['ms', 1_000_000n],
  ['s', 1_000_000_000n],
  ['m', 60_000_000_000n],
  ['h', 3_600_000_000_000n],
]);
const longest = 2n ** 63n - 1n;

/** `90m` → `1h30m0s`. Throws a DurationError. */
export function canonicalDuration(text: string): string {
  const [, sign, body = ''] = /^([-+]?)([\s\S]*)$/.exec(text)!;
  if (body === '0') return '0s';
  const fail = (why: string): never => {
    throw new DurationError(`time: ${why} ${JSON.stringify(text)}`);
  };
  if (body === '') fail('invalid duration');
  let total = 0n;
  for (let rest = body; rest !== ''; ) {
    const number = /^(\d*)(?:\.(\d*))?/.exec(rest)!;
    const [whole, digits = '', fraction = ''] = number;
    if (digits === '' && fraction === '') fail('invalid duration');
    const unit = /^[^.\d]*/.exec(rest.slice(whole.length))![0];
    if (unit === '') fail('missing unit in duration');
    const nanoseconds = nanosecondsOf.get(unit) ?? fail(`unknown unit ${JSON.stringify(unit)} in duration`);
    total +=
      BigInt(digits || '0') * nanoseconds + (BigInt(fraction || '0') * nanoseconds) / 10n ** BigInt(fraction.length);
    if (total > longest) fail('invalid duration');
    rest = rest.slice(whole.length + unit.length);
  }
  return (sign === '-' && total > 0n ? '-' : '') + format(total);
}

function format(total: bigint): string {
  if (total === 0n) return '0s';
  if (total < 1_000n) return `${total}ns`;
  if (total < 1_000_000n) return `${withFraction(total, 1_000n)}µs`;
  if (total < 1_000_000_000n) return `${withFraction(total, 1_000_000n)}ms`;
  const minute = 60_000_000_000n;
  const minutes = total / minute;
  const seconds = `${withFraction(total % minute, 1_000_000_000n)}s`;
  if (minutes === 0n) return seconds;
  if (minutes < 60n) return `${minutes}m${seconds}`;
  return `${minutes / 60n}h${minutes % 60n}m${seconds}`;
}

function withFraction(value: bigint, unit: bigint): string {
  const rest = value % unit;
  if (rest === 0n) return `${value / unit}`;
  return `${value / unit}.${String(rest)
    .padStart(String(unit).length - 1, '0')
    .replace(/0+$/, '')}`;
}
