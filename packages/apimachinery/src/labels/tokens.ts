export interface Token {
  readonly type: 'end' | 'name' | 'error' | '(' | ')' | ',' | '!' | '=' | '==' | '!=' | '<' | '>' | 'in' | 'notin';
  readonly text: string;
}

const symbols: ReadonlySet<string> = new Set(['(', ')', ',', '!', '=', '==', '!=', '<', '>']);
const blank = /[ \t\r\n]/;
const special = /[=!(),<>]/;

/** Splits a selector text; the last token is always `end`. A NUL character ends the text, as it does upstream. */
export function tokens(source: string): Token[] {
  const nul = source.indexOf('\0');
  const text = nul < 0 ? source : source.slice(0, nul);
  const found: Token[] = [];
  let position = 0;
  while (position < text.length) {
    const character = text[position]!;
    if (blank.test(character)) {
      position++;
      continue;
    }
    const token = special.test(character) ? symbolAt(text, position) : wordAt(text, position);
    found.push(token);
    position += token.text.length;
  }
  found.push({ type: 'end', text: '' });
  return found;
}

/** Every symbol starts with a character that is a symbol itself, so the longest of two characters is enough to look at. */
function symbolAt(text: string, position: number): Token {
  const two = text.slice(position, position + 2);
  const symbol = symbols.has(two) ? two : two[0]!;
  return { type: symbol as Token['type'], text: symbol };
}

function wordAt(text: string, position: number): Token {
  let end = position;
  while (end < text.length && !blank.test(text[end]!) && !special.test(text[end]!)) end++;
  const word = text.slice(position, end);
  return { type: word === 'in' || word === 'notin' ? word : 'name', text: word };
}
