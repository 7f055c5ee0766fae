import type { TypeNode } from '@orlop/schema';
import { type Atom, atomOf, type ListAtom, type MapAtom, type ScalarRule, shapeOf } from './atom.ts';
import { goSyntax, goText, goTypeOf } from './go-text.ts';
import { itemElement } from './list-item.ts';
import { elementText, fieldElement, indexElement, type PathElement } from './path-element.ts';
import { TypedError, type TypedProblem } from './typed-error.ts';
import type { TypedValue } from './typed-value.ts';
import { isMap, kindOf } from './value.ts';

export interface ValidateOptions {
  /** Lists may hold the same key or value twice, as stored objects do. @default false */
  readonly allowDuplicates?: boolean;
}

/** A value of a type. Throws a TypedError when it is none. */
export function typedValue(type: TypeNode, value: unknown, options: ValidateOptions = {}): TypedValue {
  const problems = validate({ type, value }, options);
  if (problems.length > 0) throw new TypedError(problems);
  return { type, value };
}

/** Everything that is wrong with a value, in order of appearance. */
export function validate(
  { type, value }: TypedValue,
  { allowDuplicates = false }: ValidateOptions = {},
): readonly TypedProblem[] {
  const validation = new Validation(allowDuplicates);
  validation.visit(atomOf(type), value);
  return validation.problems;
}

class Validation {
  readonly problems: TypedProblem[] = [];
  readonly #path: PathElement[] = [];
  readonly #allowDuplicates: boolean;

  constructor(allowDuplicates: boolean) {
    this.#allowDuplicates = allowDuplicates;
  }

  visit(atom: Atom, value: unknown): void {
    if (value === null || value === undefined) return;
    switch (shapeOf(atom, value)) {
      case 'map':
        if (isMap(value)) this.#map(atom.map as MapAtom, value);
        else this.#report(`expected map, got &{${goText(value)}}`);
        return;
      case 'list':
        if (Array.isArray(value)) this.#list(atom.list as ListAtom, value);
        else this.#report(`expected list, got &{${goText(value)}}`);
        return;
      case 'scalar': {
        const problem = scalarProblem(atom.scalar as ScalarRule, value);
        if (problem !== undefined) this.#report(problem);
      }
    }
  }

  #map(map: MapAtom, value: object): void {
    for (const name of Object.keys(value)) {
      const item = (value as Record<string, unknown>)[name];
      if (item === undefined) continue;
      const field = map.field(name);
      const atom = field?.atom ?? map.others;
      this.#path.push(field?.element ?? fieldElement(name));
      if (atom === undefined) this.#report('field not declared in schema');
      else this.visit(atom, item);
      this.#path.pop();
      // The reference looks no further into a map that has an undeclared field.
      if (atom === undefined) return;
    }
  }

  #list(list: ListAtom, items: readonly unknown[]): void {
    const seen = new Set<string>();
    for (let i = 0; i < items.length; i++) {
      const element = list.kind === 'atomic' ? indexElement(i) : itemElement(list, items[i]);
      if (typeof element === 'string') {
        this.#report(`element ${i}: ${element}`);
        // Nor into a list with an item that cannot be told from others.
        return;
      }
      if (list.kind !== 'atomic') {
        if (seen.has(element.text) && !this.#allowDuplicates) {
          this.#report(`duplicate entries for key ${elementText(element)}`);
        }
        seen.add(element.text);
      }
      this.#path.push(element);
      this.visit(list.items, items[i]);
      this.#path.pop();
    }
  }

  #report(message: string): void {
    this.problems.push({ path: this.#path.map((element) => elementText(element)).join(''), message });
  }
}

/** What is wrong with a scalar. */
function scalarProblem(rule: ScalarRule, value: unknown): string | undefined {
  const type = typeof value;
  switch (rule) {
    case 'numeric':
      return type === 'number' || type === 'bigint'
        ? undefined
        : `expected numeric (int or float), got ${goTypeOf(value)}`;
    case 'string':
      return type === 'string' ? undefined : `expected string, got &value.valueUnstructured{Value:${goSyntax(value)}}`;
    case 'boolean':
      return type === 'boolean' ? undefined : `expected boolean, got &{${goText(value)}}`;
    case 'untyped':
      return kindOf(value) === 'scalar' ? undefined : `expected any scalar, got &{${goText(value)}}`;
  }
}
