/**
 * Changes one file by one replacement. A place that is not found is an error: a generator that leaves out a step without
 * a word is worse than none.
 */
export function editFile(tree, path, place, replacement) {
  const before = tree.read(path, 'utf8');
  if (before === null) throw new Error(`${path} is missing`);
  const after = before.replace(place, replacement);
  if (after === before) throw new Error(`${path}: found no place for the new entry (${place})`);
  tree.write(path, after);
}
