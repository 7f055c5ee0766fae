import { goQuote } from '@orlop/schema';

/** A value as Go writes it in source text (`%#v`), with the types that its YAML reader makes. */
export function goSyntax(value: unknown): string {
  if (value === null || value === undefined) return 'interface {}(nil)';
  if (typeof value === 'string') return goQuote(value);
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
  if (typeof value !== 'object') return String(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `map[interface {}]interface {}{${members.map(([key, member]) => `${goQuote(key)}:${goSyntax(member)}`).join(', ')}}`;
}
