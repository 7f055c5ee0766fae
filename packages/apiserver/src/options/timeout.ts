import { badRequest } from '@orlop/apimachinery';

const units: ReadonlyMap<string, number> = new Map(
  Object.entries({
    ns: 1e-6,
    us: 1e-3,
    µs: 1e-3,
    μs: 1e-3,
    ms: 1,
    s: 1000,
    m: 60_000,
    h: 3_600_000,
  }),
);

const longest = 2 ** 63 / 1e6;

/**
 * Milliseconds of the `timeout` parameter, a Go duration such as `10s` or `1m30s`; undefined when absent or empty.
 * @throws BadRequest
 */
export function readTimeout(text: string): number | undefined {
  if (text === '') return undefined;
  const fail = (why: string) => badRequest(`invalid timeout specified in the request URL - time: ${why}`);
  const quoted = JSON.stringify(text);
  const negative = text.startsWith('-');
  let rest = /^[+-]/.test(text) ? text.slice(1) : text;
  if (rest === '0') return 0;
  if (rest === '') throw fail(`invalid duration ${quoted}`);
  let total = 0;
  while (rest !== '') {
    const number = /^(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)/.exec(rest)?.[0];
    if (number === undefined) throw fail(`invalid duration ${quoted}`);
    rest = rest.slice(number.length);
    const unit = /^[^0-9.]*/.exec(rest)![0];
    if (unit === '') throw fail(`missing unit in duration ${quoted}`);
    const factor = units.get(unit);
    if (factor === undefined) throw fail(`unknown unit ${JSON.stringify(unit)} in duration ${quoted}`);
    total += Number.parseFloat(number) * factor;
    rest = rest.slice(unit.length);
    // Go counts nanoseconds in an int64.
    if (total > longest) throw fail(`invalid duration ${quoted}`);
  }
  return negative ? -total : total;
}
