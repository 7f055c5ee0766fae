import { parseSync } from 'rolldown/utils';

/** Printed behind each statement that claims something, so that the output falls into parts. */
const mark = '\u0001';

export interface MarkedExample {
  /** The code with marks, line for line where it was. */
  readonly code: string;
  /** What the statements print or are, in order. */
  readonly claims: readonly string[];
}

/**
 * Finds comments `// → value` behind top-level statements. The statement's last output must be that text; an expression
 * that prints nothing by itself is printed, as `console.dir` does. `…` stands for anything.
 * @throws SyntaxError when the code cannot be read, or a claim stands where no statement ends
 */
export function markClaims(name: string, code: string): MarkedExample {
  const { program, comments, errors } = parseSync(name, code);
  if (errors.length > 0) throw new SyntaxError(`${name}: ${errors.map((error) => error.message).join('; ')}`);
  const claims = new Map<(typeof program.body)[number], string[]>();
  for (const comment of comments) {
    const claim = /^ → (.*)$/.exec(comment.value)?.[1];
    if (claim === undefined) continue;
    const statement = program.body.findLast(({ end }) => end <= comment.start);
    if (!statement || program.body.some(({ start, end }) => start < comment.start && comment.end <= end)) {
      throw new SyntaxError(`${name}: "// → ${claim}" must stand behind a statement of the top level`);
    }
    claims.set(statement, [...(claims.get(statement) ?? []), claim]);
  }
  let marked = '';
  let at = 0;
  for (const [statement] of claims) {
    marked += code.slice(at, statement.start);
    const text = code.slice(statement.start, statement.end);
    const printed = statement.type === 'ExpressionStatement' && !/^(await |console\.)/.test(text);
    marked += printed ? `console.dir((${text.replace(/;$/, '')}), { depth: null, breakLength: 1000 });` : text;
    marked += `console.log('\\u0001');`;
    at = statement.end;
  }
  return { code: marked + code.slice(at), claims: [...claims.values()].map((lines) => lines.join('\n')) };
}

/** What was printed, without the marks. */
export function withoutMarks(output: string): string {
  return output.replaceAll(`${mark}\n`, '');
}

/** For each claim what had been printed since the one before it. */
export function printedParts(output: string): readonly string[] {
  return output.split(`${mark}\n`).slice(0, -1);
}

/** Says whether a text is what a document claims; `…` stands for anything. */
export function fits(text: string, claim: string): boolean {
  const pattern = claim
    .trim()
    .split('…')
    .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
    .join('[\\s\\S]*');
  return new RegExp(`(?:^|\\n)${pattern}$`).test(text.trimEnd());
}
