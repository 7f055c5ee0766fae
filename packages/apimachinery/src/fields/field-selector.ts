import { goQuote } from '@orlop/schema';
import { SelectorError } from '../labels/selector-error.ts';
import { compareBytes } from '../text/compare-bytes.ts';

/** One condition on one field. An absent field counts as empty text. */
export interface FieldRequirement {
  readonly field: string;
  readonly operator: '=' | '!=';
  readonly value: string;
}

export type Fields = Readonly<Record<string, string>>;

/** Conditions on fields, all of which must hold. Immutable. */
export interface FieldSelector {
  /** No conditions: everything matches. */
  readonly empty: boolean;
  readonly requirements: readonly FieldRequirement[];
  matches(fields: Fields): boolean;
  /** The value the field must have, when a condition says so. */
  requiresExactMatch(field: string): string | undefined;
  /**
   * The selector with every condition renamed; `rename` throws to refuse a field. A condition that becomes empty in both
   * parts is dropped.
   */
  transform(rename: (field: string, value: string) => readonly [field: string, value: string]): FieldSelector;
  /** Text that parses to an equal selector; values are escaped. */
  toString(): string;
}

export function fieldSelector(requirements: readonly FieldRequirement[]): FieldSelector {
  return {
    empty: requirements.length === 0,
    requirements,
    matches: (fields) => {
      for (const { field, operator, value } of requirements) {
        const actual = Object.hasOwn(fields, field) ? fields[field]! : '';
        if ((actual === value) !== (operator === '=')) return false;
      }
      return true;
    },
    requiresExactMatch: (field) =>
      requirements.find((requirement) => requirement.field === field && requirement.operator === '=')?.value,
    transform: (rename) => {
      const renamed: FieldRequirement[] = [];
      for (const { field, operator, value } of requirements) {
        const [newField, newValue] = rename(field, value);
        if (newField !== '' || newValue !== '') renamed.push({ field: newField, operator, value: newValue });
      }
      return fieldSelector(renamed);
    },
    toString: () =>
      requirements.map(({ field, operator, value }) => `${field}${operator}${escapeFieldValue(value)}`).join(','),
  };
}

export const everythingFields: FieldSelector = fieldSelector([]);

/** Fields that must have these values. */
export function fieldSelectorFromSet(fields: Fields): FieldSelector {
  const names = Object.keys(fields).sort(compareBytes);
  return fieldSelector(names.map((field) => ({ field, operator: '=', value: fields[field]! })));
}

/**
 * Reads `metadata.name=web,status.phase!=Running`; `==` is `=`, and `\\`, `\,`, `\=` escape in values.
 * @throws SelectorError with Kubernetes' text
 */
export function parseFieldSelector(text: string): FieldSelector {
  const requirements: FieldRequirement[] = [];
  for (const term of splitTerms(text).sort(compareBytes)) {
    if (term === '') continue;
    const match = termPattern.exec(term);
    if (match === null) throw new SelectorError(`invalid selector: '${text}'; can't understand '${term}'`);
    const [operator] = match;
    const field = term.slice(0, match.index);
    const value = unescapeFieldValue(term.slice(match.index + operator.length));
    // A lone operator says nothing.
    if (field !== '' || value !== '') requirements.push({ field, operator: operator === '!=' ? '!=' : '=', value });
  }
  return requirements.length === 0 ? everythingFields : fieldSelector(requirements);
}

/** The first operator of a term, the longest at its place. */
const termPattern = /!=|==|=/;

function splitTerms(text: string): string[] {
  const terms: string[] = [];
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '\\') index++;
    else if (text[index] === ',') {
      terms.push(text.slice(start, index));
      start = index + 1;
    }
  }
  return [...terms, text.slice(start)];
}

export function escapeFieldValue(value: string): string {
  return value.replace(/[\\,=]/g, '\\$&');
}

function unescapeFieldValue(text: string): string {
  let value = '';
  const characters = [...text];
  for (let index = 0; index < characters.length; index++) {
    const character = characters[index]!;
    if (character === ',' || character === '=') {
      // Upstream prints the number of the character.
      throw new SelectorError(`invalid field selector: unescaped character in value: ${character.charCodeAt(0)}`);
    }
    if (character !== '\\') {
      value += character;
      continue;
    }
    const escaped = characters[++index] ?? '';
    if (!/^[\\,=]$/.test(escaped)) {
      throw new SelectorError(`invalid field selector: invalid escape sequence: \\${escaped}`);
    }
    value += escaped;
  }
  return value;
}

/** What the server says to a field selector on a kind that knows only name and namespace. */
export function unknownFieldLabelText(label: string): string {
  return `${goQuote(label)} is not a known field selector: only "metadata.name", "metadata.namespace"`;
}
