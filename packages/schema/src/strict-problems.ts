/** What strict field validation complains about, and where: the path, the limit and the deduplication are Go's. */
export class StrictProblems {
  readonly #texts = new Set<string>();
  readonly #path: string[] = [];

  get texts(): string[] {
    return [...this.#texts];
  }

  pushKey(key: string): void {
    this.#path.push(this.#path.length === 0 ? key : `.${key}`);
  }

  pushIndex(index: number): void {
    this.#path.push(`[${index}]`);
  }

  pop(): void {
    this.#path.pop();
  }

  unknownField(name: string): void {
    this.#add('unknown field', name);
  }

  duplicateField(name: string): void {
    this.#add('duplicate field', name);
  }

  #add(what: string, name: string): void {
    if (this.#texts.size >= 100) return;
    const path = this.#path.length === 0 ? name : `${this.#path.join('')}.${name}`;
    this.#texts.add(`${what} ${quote(path)}`);
  }
}

/** Go's strconv.Quote, near enough for what stands in keys: JSON's escapes, and Go's own for control characters. */
function quote(text: string): string {
  const escaped = text.replace(/["\\\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]|(?! )\p{Zs}/gu, (character) => {
    const short = goEscapes.get(character);
    if (short !== undefined) return short;
    const point = character.codePointAt(0)!;
    if (point < 0x80) return `\\x${point.toString(16).padStart(2, '0')}`;
    if (point < 0x10000) return `\\u${point.toString(16).padStart(4, '0')}`;
    return `\\U${point.toString(16).padStart(8, '0')}`;
  });
  return `"${escaped}"`;
}

const goEscapes = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\u0007', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\u000b', '\\v'],
]);
