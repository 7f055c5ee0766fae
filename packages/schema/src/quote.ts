const special = /[^ !#-%'-;=?-[\]-\u2027\u202a-\ud7ff\ue000-\uffff]/;
const forScripts = /[<>&\u2028\u2029]/g;

/** A JSON string as Go's encoder writes it: `<`, `>`, `&` and the two line separators are escaped. */
export function quoteString(text: string): string {
  if (!special.test(text)) return `"${text}"`;
  return JSON.stringify(text).replace(forScripts, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
