/**
 * Looks through JSON text for what JSON.parse hides. Answers the number of members (colons outside strings), which
 * equals the number of members of the parsed value unless keys repeat; or −1 when a number is written with a point or
 * exponent or has more digits than a double keeps, or a string may hold half a surrogate pair. One pass, no allocation.
 */
export function membersIn(text: string): number {
  const { length } = text;
  let members = 0;
  let digits = 0;
  let backslash = text.indexOf('\\');
  for (let at = 0; at < length; at++) {
    const c = text.charCodeAt(at);
    if (c === 0x22) {
      digits = 0;
      let end = text.indexOf('"', at + 1);
      while (backslash >= 0 && backslash < end) {
        if (isSurrogateEscape(text, backslash)) return -1;
        const next = backslash + 2;
        backslash = text.indexOf('\\', next);
        if (end < next) end = text.indexOf('"', next);
      }
      if (end < 0) return -1;
      at = end;
    } else if (c === 0x3a) members++;
    else if (c >= 0x30 && c <= 0x39) {
      if (++digits > 15) return -1;
    } else if (c === 0x2e || c === 0x45) return -1;
    else if (c === 0x65) {
      // The e of an exponent follows a digit; those of true and false do not.
      if (digits > 0) return -1;
    } else digits = 0;
  }
  return members;
}

/** `\ud…`: U+D000–DFFF, which includes all surrogates. */
function isSurrogateEscape(text: string, at: number): boolean {
  return text.charCodeAt(at + 1) === 0x75 && (text.charCodeAt(at + 2) | 0x20) === 0x64;
}
