/** Whether two JSON values are the same, an absent member and an empty one being different things. */
export function deepEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, at) => deepEqual(item, b[at]))
    );
  }
  const left = a as Readonly<Record<string, unknown>>;
  const right = b as Readonly<Record<string, unknown>>;
  let members = 0;
  for (const name in left) {
    if (left[name] === undefined) continue;
    if (!deepEqual(left[name], right[name])) return false;
    members++;
  }
  for (const name in right) if (right[name] !== undefined) members--;
  return members === 0;
}
