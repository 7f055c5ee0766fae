/** Lines that say where two values differ: `-path: before`, `+path: after`. Lists of the same length are compared item by item. */
export function difference(before: unknown, after: unknown, path = ''): readonly string[] {
  if (before === after) return [];
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.flatMap((item, index) => difference(item, after[index], `${path}[${index}]`));
  }
  if (isMap(before) && isMap(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return names.flatMap((name) => difference(before[name], after[name], path === '' ? name : `${path}.${name}`));
  }
  return [`-${path}: ${shown(before)}`, `+${path}: ${shown(after)}`];
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  return value === undefined ? 'null' : JSON.stringify(value);
}
