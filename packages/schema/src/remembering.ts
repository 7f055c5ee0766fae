/**
 * The function with a memory for its last answers, for texts that come again and again. A full memory is emptied, which is
 * cheaper than an order of use. Answers are shared: nobody may change them. What is undefined or was thrown is not kept.
 * @param most answers that are kept
 * @param longest texts beyond that are not worth their memory
 */
export function remembering<T>(
  most: number,
  make: (text: string) => T,
  longest = Number.POSITIVE_INFINITY,
): (text: string) => T {
  const memory = new Map<string, T>();
  return (text) => {
    let answer = memory.get(text);
    if (answer === undefined) {
      answer = make(text);
      if (answer !== undefined && text.length <= longest) {
        if (memory.size >= most) memory.clear();
        memory.set(text, answer);
      }
    }
    return answer;
  };
}
