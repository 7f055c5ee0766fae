/** Order of keys: bytewise UTF-8, which is code point order. JavaScript's own order differs only where surrogates occur. */
export function compareBytewise(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  for (let i = 0; i < end; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above U+FFFF, so they come after U+E000–U+FFFF. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

const surrogate = /[\ud800-\udfff]/;

/** The keys of an object in bytewise order. What comes from storage is in order already: sorting would only cost. */
export function sortedKeys(value: object): string[] {
  const keys = Object.keys(value);
  for (let i = 1; i < keys.length; i++) if (!(keys[i - 1]! < keys[i]!)) return inOrder(keys.sort());
  return keys.length < 2 ? keys : inOrder(keys);
}

function inOrder(keys: string[]): string[] {
  return keys.some((key) => surrogate.test(key)) ? keys.sort(compareBytewise) : keys;
}
