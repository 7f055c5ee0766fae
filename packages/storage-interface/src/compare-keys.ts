/**
 * Orders keys by the bytes of their UTF-8 form. JavaScript compares UTF-16 units, which differs only where one side has
 * a surrogate (a character above U+FFFF) and the other a unit in U+E000–U+FFFF.
 */
export function compareKeys(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return x < 0xd800 || y < 0xd800 ? x - y : utf8Rank(x) - utf8Rank(y);
  }
  return a.length - b.length;
}

/** Surrogates stand for characters above all single units, so they sort behind U+FFFF. */
const utf8Rank = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);

/** The first key behind all keys that begin with `prefix`; undefined when there is none (an empty prefix). */
export function prefixEnd(prefix: string): string | undefined {
  const points = Array.from(prefix, (c) => c.codePointAt(0)!);
  while (points.length > 0) {
    const last = points.pop()!;
    if (last < 0x10ffff) return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1);
  }
  return undefined;
}

/**
 * A form of the key whose plain JavaScript order (`<`, Map-like trees with their fast default comparison) is the order of
 * `compareKeys`. Keys without units from U+D800 on, which is nearly all, are their own sortable form.
 */
export function sortableKey(key: string): string {
  return /[\ud800-\uffff]/.test(key) ? key.replace(/[\ud800-\uffff]/g, shiftUnit) : key;
}

/** Moves U+E000–U+FFFF down to where surrogates were, and surrogates above them; nothing is lost. */
const shiftUnit = (c: string): string => {
  const unit = c.charCodeAt(0);
  return String.fromCharCode(unit >= 0xe000 ? unit - 0x800 : unit + 0x2000);
};
