/** Lays compact JSON out as Go's MarshalIndent does with two spaces: empty objects and lists stay closed. */
export function indentJson(compact: string): string {
  let out = '';
  let depth = 0;
  let start = 0;
  const line = () => `\n${'  '.repeat(depth)}`;
  for (let i = 0; i < compact.length; i++) {
    switch (compact.charCodeAt(i)) {
      case 0x22: {
        i++;
        while (compact.charCodeAt(i) !== 0x22) i += compact.charCodeAt(i) === 0x5c ? 2 : 1;
        break;
      }
      case 0x7b:
      case 0x5b: {
        const closing = compact.charCodeAt(i + 1);
        if (closing === 0x7d || closing === 0x5d) {
          i++;
          break;
        }
        depth++;
        out += compact.slice(start, i + 1) + line();
        start = i + 1;
        break;
      }
      case 0x7d:
      case 0x5d:
        depth--;
        out += compact.slice(start, i) + line();
        start = i;
        break;
      case 0x2c:
        out += compact.slice(start, i + 1) + line();
        start = i + 1;
        break;
      case 0x3a:
        out += `${compact.slice(start, i + 1)} `;
        start = i + 1;
        break;
    }
  }
  return out + compact.slice(start);
}
