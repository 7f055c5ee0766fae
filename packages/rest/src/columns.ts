/** One printer column. `cell` gives a string, number or boolean; ages are given as the RFC 3339 text of a time by `format: 'age'`-like helpers. */
export interface Column<T> {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'date';
  /** `name` for the name column, else empty. */
  readonly format: string;
  readonly description: string;
  /** 0 always, 1 only in wide output; the server always sends all. */
  readonly priority: number;
  cell(object: T, now: number): string | number | boolean;
}
