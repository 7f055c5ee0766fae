/** RFC 3339 as Go's time package reads and writes it, with its error texts. */

/** Thrown for a text that is no time; the message is Go's. */
export class TimeError extends Error {
  readonly code = 'TimeError';
}

const secondsLayout = '2006-01-02T15:04:05Z07:00';
const microLayout = '2006-01-02T15:04:05.000000Z07:00';

const days = '(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)';
const settled = `(?!0001)\\d{4}-${days}T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d`;
/** What servers write: such a text is canonical as it is. */
const settledTime = new RegExp(`^${settled}Z$`);
const settledMicroTime = new RegExp(`^${settled}\\.\\d{6}Z$`);

/** `2024-05-01T12:00:00+02:00` → `2024-05-01T10:00:00Z`, fractions cut off; null for Go's zero time. */
export function canonicalTime(text: string): string | null {
  if (settledTime.test(text)) return text;
  const { milliseconds } = parse(text, secondsLayout);
  const canonical = formatSeconds(milliseconds);
  return canonical === zero ? null : `${canonical}Z`;
}

/** The same with exactly six digits of a second, which the text must have. */
export function canonicalMicroTime(text: string): string | null {
  if (settledMicroTime.test(text)) return text;
  const { milliseconds, fraction } = parse(text, microLayout);
  const canonical = formatSeconds(milliseconds);
  return canonical === zero && fraction === '000000' ? null : `${canonical}.${fraction}Z`;
}

const zero = '0001-01-01T00:00:00';

function formatSeconds(milliseconds: number): string {
  const text = new Date(milliseconds).toISOString();
  // Years outside 0–9999 have six digits and a sign there.
  return text.slice(0, text.length - '.000Z'.length);
}

/** Reads the parts in order. `rest` always holds what is not read yet, because errors quote it. */
function parse(text: string, layout: string): { milliseconds: number; fraction: string } {
  let rest = text;
  const fail = (wanted: string): never => {
    throw new TimeError(
      `parsing time ${quote(text)} as ${quote(layout)}: cannot parse ${quote(rest)} as ${quote(wanted)}`,
    );
  };
  const outOfRange = (what: string): never => {
    throw new TimeError(`parsing time ${quote(text)}: ${what} out of range`);
  };
  const digits = (pattern: RegExp, wanted: string): number => {
    const found = pattern.exec(rest) ?? fail(wanted);
    rest = rest.slice(found[0].length);
    return Number(found[0]);
  };
  const literal = (wanted: string): void => {
    if (!rest.startsWith(wanted)) fail(wanted);
    rest = rest.slice(wanted.length);
  };

  const year = digits(/^\d{4}/, '2006');
  literal('-');
  const month = digits(/^\d\d/, '01');
  if (month < 1 || month > 12) outOfRange('month');
  literal('-');
  const day = digits(/^\d\d/, '02');
  literal('T');
  const hour = digits(/^\d\d?/, '15');
  if (hour > 23) outOfRange('hour');
  literal(':');
  const minute = digits(/^\d\d/, '04');
  if (minute > 59) outOfRange('minute');
  literal(':');
  const second = digits(/^\d\d/, '05');
  if (second > 59) outOfRange('second');
  let fraction = '000000';
  if (layout === microLayout) {
    const found = /^[.,](\d{6})/.exec(rest) ?? fail('.000000');
    fraction = found[1]!;
    rest = rest.slice(found[0].length);
  } else {
    rest = rest.replace(/^[.,]\d+/, '');
  }

  let offset = 0;
  if (rest.startsWith('Z')) rest = rest.slice(1);
  else {
    const found = /^([+-])(\d\d):(\d\d)/.exec(rest) ?? fail('Z07:00');
    const [whole, sign, hours, minutes] = found as unknown as [string, string, string, string];
    // Go lets people write 24 hours and 60 minutes here.
    if (Number(hours) > 24) outOfRange('time zone offset hour');
    if (Number(minutes) > 60) outOfRange('time zone offset minute');
    offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -60_000 : 60_000);
    rest = rest.slice(whole.length);
  }
  if (rest !== '') throw new TimeError(`parsing time ${quote(text)}: extra text: ${quote(rest)}`);

  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (day < 1 || date.getUTCDate() !== day) outOfRange('day');
  date.setUTCHours(hour, minute, second);
  return { milliseconds: date.getTime() - offset, fraction };
}

/** Go's time package quotes bytes outside printable ASCII as \xNN. */
function quote(text: string): string {
  const escaped = text.replace(/["\\]|[^ -\x7f]+/gu, (part) => {
    if (part === '"' || part === '\\') return `\\${part}`;
    return encodeURIComponent(part.replace(/[\ud800-\udfff]/gu, '\ufffd'))
      .replace(/%/g, '\\x')
      .toLowerCase();
  });
  return `"${escaped}"`;
}
