/**
 * Whether two canonical values mean the same to the API: absent, null and empty lists are alike, and so are absent and
 * empty text-to-text maps as far as canonical values still hold them. Quantities and times are canonical text already.
 */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a === undefined || a === null) return b === undefined || b === null || (Array.isArray(b) && b.length === 0);
  if (b === undefined || b === null) return Array.isArray(a) && a.length === 0;
  if (typeof a !== 'object' || typeof b !== 'object') return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, at) => sameValue(item, b[at]))
    );
  }
  const left = a as Readonly<Record<string, unknown>>;
  const right = b as Readonly<Record<string, unknown>>;
  for (const name in left) if (!sameValue(left[name], right[name])) return false;
  for (const name in right) if (!(name in left) && !sameValue(undefined, right[name])) return false;
  return true;
}
