const letter = /\p{L}/u;
const digit = /\d/;

/** The order of keys in Go's YAML: runs of digits by value (`a2` before `a10`), other characters before letters. */
export function compareNatural(left: string, right: string): number {
  const a = [...left];
  const b = [...right];
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const x = a[index]!;
    const y = b[index]!;
    if (x === y) continue;
    const letters = [letter.test(x), letter.test(y)];
    if (letters[0] && letters[1]) return x.codePointAt(0)! - y.codePointAt(0)!;
    if (letters[0] || letters[1]) return letters[1] ? -1 : 1;
    return compareRuns(a, b, index);
  }
  return a.length - b.length;
}

/** Two texts that differ first at `index`, where neither has a letter. */
function compareRuns(a: readonly string[], b: readonly string[], index: number): number {
  const head = (a[index] === '0' || b[index] === '0') && followsNumber(a, index) ? '1' : '';
  const [left, right] = [run(a, index), run(b, index)];
  const difference = Number(head + left || 0) - Number(head + right || 0);
  if (difference !== 0) return difference;
  return left.length - right.length || a[index]!.codePointAt(0)! - b[index]!.codePointAt(0)!;
}

function run(text: readonly string[], start: number): string {
  let end = start;
  while (end < text.length && digit.test(text[end]!)) end++;
  return text.slice(start, end).join('');
}

/** A zero inside a number counts; a leading one does not. */
function followsNumber(text: readonly string[], index: number): boolean {
  for (let before = index - 1; before >= 0 && digit.test(text[before]!); before--)
    if (text[before] !== '0') return true;
  return false;
}
