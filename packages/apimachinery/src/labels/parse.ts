import { fieldErrorText } from '../validation/field-error.ts';
import { type LabelSelector, labelSelector } from './label-selector.ts';
import { checkLabelKey, type LabelOperator, type LabelRequirement, labelRequirement } from './requirement.ts';
import { SelectorError } from './selector-error.ts';
import { type Token, tokens } from './tokens.ts';

/**
 * Reads `app=web,tier in (a,b),!old,n>5`.
 * @throws SelectorError with Kubernetes' text
 */
export function parseLabelSelector(text: string): LabelSelector {
  return labelSelector(new Parser(text).parse());
}

const operators: Readonly<Record<string, LabelOperator>> = {
  '=': '=',
  '==': '==',
  '!=': '!=',
  in: 'in',
  notin: 'notin',
  '>': 'gt',
  '<': 'lt',
};

class Parser {
  readonly #tokens: readonly Token[];
  #position = 0;

  constructor(text: string) {
    this.#tokens = tokens(text);
  }

  parse(): LabelRequirement[] {
    const requirements: LabelRequirement[] = [];
    for (;;) {
      const token = this.#peek();
      if (token.type === 'end') return requirements;
      if (!startsRequirement(token)) {
        throw new SelectorError(`found '${token.text}', expected: !, identifier, or 'end of string'`);
      }
      requirements.push(this.#requirement());
      const separator = this.#next();
      if (separator.type === 'end') return requirements;
      if (separator.type !== ',') {
        throw new SelectorError(`found '${separator.text}', expected: ',' or 'end of string'`);
      }
      const following = this.#peek();
      if (!startsRequirement(following)) {
        throw new SelectorError(`found '${following.text}', expected: identifier after ','`);
      }
    }
  }

  /** The present token, the words `in` and `notin` taken as names. */
  #peek(): Token {
    // Behind the end there is the end, for those who look ahead of it.
    const token = this.#tokens[Math.min(this.#position, this.#tokens.length - 1)]!;
    return token.type === 'in' || token.type === 'notin' ? { type: 'name', text: token.text } : token;
  }

  #next(): Token {
    const token = this.#peek();
    this.#position++;
    return token;
  }

  #requirement(): LabelRequirement {
    try {
      return this.#keyAndCondition();
    } catch (error) {
      throw new SelectorError(`unable to parse requirement: ${(error as Error).message}`);
    }
  }

  #keyAndCondition(): LabelRequirement {
    const negated = this.#peek().type === '!';
    if (negated) this.#next();
    const name = this.#next();
    if (name.type !== 'name') throw new SelectorError(`found '${name.text}', expected: identifier`);
    const [keyError] = checkLabelKey(name.text, undefined);
    if (keyError !== undefined) throw new SelectorError(fieldErrorText(keyError));
    // A negation rules out every other operator; what follows is the caller's to refuse.
    if (negated) return labelRequirement(name.text, '!', []);
    const following = this.#peek().type;
    if (following === 'end' || following === ',') return labelRequirement(name.text, 'exists', []);
    const operator = this.#operator();
    const values = operator === 'in' || operator === 'notin' ? this.#set() : this.#exactValue();
    return labelRequirement(name.text, operator, values);
  }

  #operator(): LabelOperator {
    const token = this.#tokens[this.#position++]!;
    const operator = Object.hasOwn(operators, token.type) ? operators[token.type] : undefined;
    if (operator === undefined) {
      throw new SelectorError(`found '${token.text}', expected: in, notin, =, ==, !=, gt, lt`);
    }
    return operator;
  }

  #exactValue(): string[] {
    const following = this.#peek().type;
    if (following === 'end' || following === ',') return [''];
    const token = this.#next();
    if (token.type !== 'name') throw new SelectorError(`found '${token.text}', expected: identifier`);
    return [token.text];
  }

  #set(): string[] {
    const open = this.#next();
    if (open.type !== '(') throw new SelectorError(`found '${open.text}' expected: '('`);
    const first = this.#peek();
    if (first.type === ')') {
      this.#next();
      return [''];
    }
    if (first.type !== 'name' && first.type !== ',') {
      throw new SelectorError(`found '${first.text}', expected: ',', ')' or identifier`);
    }
    const values = this.#names();
    if (this.#next().type !== ')') throw new SelectorError(`found '${first.text}', expected: ')'`);
    return values;
  }

  /** Names with commas between; a comma without a name before or after it means the empty value. */
  #names(): string[] {
    const values: string[] = [];
    for (;;) {
      const token = this.#next();
      const following = this.#peek();
      if (token.type === 'name') {
        values.push(token.text);
        if (following.type === ')') return values;
        if (following.type !== ',') throw new SelectorError(`found '${following.text}', expected: ',' or ')'`);
      } else if (token.type === ',') {
        if (values.length === 0) values.push('');
        if (following.type === ')') return [...values, ''];
        if (following.type === ',') values.push('');
      } else {
        throw new SelectorError(`found '${token.text}', expected: ',', or identifier`);
      }
    }
  }
}

function startsRequirement({ type }: Token): boolean {
  return type === 'name' || type === '!';
}
