/** Fields named by a JSON path of plain members, `.spec.size`: what a scale subresource is configured with. */
export function parseFieldPath(text: string): readonly string[] {
  const names = text.split('.').slice(1);
  if (!text.startsWith('.') || names.length === 0 || names.some((name) => !/^[A-Za-z_][\w-]*$/.test(name))) {
    throw new Error(`not a path of plain fields: ${JSON.stringify(text)} (write it like ".spec.size")`);
  }
  return names;
}

/** Sets the field at `path`, making the objects on the way. */
export function setAt(object: object, path: readonly string[], value: unknown): void {
  let members = object as Record<string, unknown>;
  for (const name of path.slice(0, -1)) {
    const inner = members[name];
    if (typeof inner !== 'object' || inner === null) members[name] = {};
    members = members[name] as Record<string, unknown>;
  }
  members[path[path.length - 1]!] = value;
}
