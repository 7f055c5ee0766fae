/** Length in UTF-8, which is what Kubernetes' limits count. */
export function byteLength(text: string): number {
  let length = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    if (unit < 0x800) length += 1;
    else if (unit < 0xd800 || unit >= 0xdc00) length += 2;
    else {
      // A high surrogate with its partner makes four bytes of two units; alone it is written as U+FFFD.
      const next = text.charCodeAt(index + 1);
      const paired = next >= 0xdc00 && next < 0xe000;
      length += 2;
      if (paired) index++;
    }
  }
  return length;
}
