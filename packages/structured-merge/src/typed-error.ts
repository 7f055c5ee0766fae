/** One thing that is wrong with a value. */
export interface TypedProblem {
  /** `.spec.containers[name="web"].image`; empty for the value as a whole. */
  readonly path: string;
  /** `field not declared in schema`. */
  readonly message: string;
}

/** A value does not fit its type. The message is the reference's: one problem on one line, several below `errors:`. */
export class TypedError extends Error {
  override readonly name = 'TypedError';
  readonly code = 'InvalidTypedValue';
  readonly problems: readonly TypedProblem[];

  constructor(problems: readonly TypedProblem[]) {
    const lines = problems.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
    super(lines.length === 1 ? lines[0] : ['errors:', ...lines.map((line) => `  ${line}`)].join('\n'));
    this.problems = problems;
  }
}

/** An item of a list that nothing tells apart, met while two values are compared: where it is, validation says. */
export const unidentified = (message: string): TypedError => new TypedError([{ path: '', message }]);
