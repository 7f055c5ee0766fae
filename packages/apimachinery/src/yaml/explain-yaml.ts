import { unreadable } from './yaml-characters.ts';
import { YamlError } from './yaml-error.ts';
import { type Token, type TokenType, YamlScanner } from './yaml-scanner.ts';

/**
 * Reads the first document of a text for its form alone. Answers how deep its collections are nested, at the most.
 * @throws YamlError in the words and with the line numbers of Kubernetes' reader, when it is no YAML for it
 */
export function explainYaml(text: string): number {
  if (unreadable.test(text)) throw new YamlError('yaml: control characters are not allowed');
  const grammar = new Grammar(new YamlScanner(text));
  grammar.document();
  return grammar.deepest;
}

/** What is expected next; the last in the list comes first. */
type State = () => void;

/**
 * The grammar of YAML over tokens, as libyaml has it: states on a stack instead of calls, since texts of clients may nest
 * deeper than a call stack.
 */
class Grammar {
  /** The most collections within each other. A pair in a list, `[key: value]`, is one as well. */
  deepest = 0;
  #depth = 0;
  readonly #scanner: YamlScanner;
  readonly #states: State[] = [];
  readonly #anchors = new Set<string>();
  readonly #handles = new Set<string>(['!', '!!']);

  constructor(scanner: YamlScanner) {
    this.#scanner = scanner;
  }

  document(): void {
    if (this.#next('stream end')) return;
    const explicit = this.#directives();
    // Nothing may stand behind `---`, but a document that begins without it begins with something: `...` is nothing.
    const empty = explicit && this.#next('document start', 'document end', 'stream end');
    if (!empty) this.#push(this.#blockNode);
    for (let state = this.#states.pop(); state !== undefined; state = this.#states.pop()) state();
    this.#scanner.peek();
  }

  /** Whether the document begins with `---`. */
  #directives(): boolean {
    let explicit = false;
    for (let token = this.#scanner.peek(); ; token = this.#scanner.peek()) {
      if (token.type === 'yaml directive') {
        if (token.text !== '1.1') this.#fail('found incompatible YAML document', token);
      } else if (token.type === 'tag directive') this.#handles.add(token.text);
      else break;
      explicit = true;
      this.#scanner.take();
    }
    const started = this.#took('document start');
    if (!started && explicit) this.#fail('did not find expected <document start>');
    return started;
  }

  #next(...types: readonly TokenType[]): boolean {
    return types.includes(this.#scanner.peek().type);
  }

  #push(...states: readonly State[]): void {
    for (const state of states.toReversed()) this.#states.push(state.bind(this));
  }

  /** What these states read is a collection. */
  #pushCollection(...states: readonly State[]): void {
    this.deepest = Math.max(this.deepest, ++this.#depth);
    this.#push(...states, this.#leave);
  }

  #leave(): void {
    this.#depth--;
  }

  /** Lines are counted from 0 here, and the first has no number. */
  #fail(problem: string, { line }: Token = this.#scanner.peek()): never {
    throw new YamlError(`yaml: ${line === 0 ? '' : `line ${line}: `}${problem}`);
  }

  /** A node, unless a token stands here that says there is none. */
  #nodeUnless(node: State, ...ends: readonly TokenType[]): void {
    if (!this.#next(...ends)) this.#push(node);
  }

  #blockNode(): void {
    this.#node(true, false);
  }

  /** The value of a block mapping: its list may stand at the indent of the key. */
  #mappingNode(): void {
    this.#node(true, true);
  }

  #flowNode(): void {
    this.#node(false, false);
  }

  #node(block: boolean, indentless: boolean): void {
    if (this.#next('alias')) {
      this.#alias();
      return;
    }
    const described = this.#properties();
    const { type } = this.#scanner.peek();
    const collection = collections[type];
    if (indentless && type === 'entry') this.#pushCollection(this.#indentlessEntry);
    else if (type === 'scalar') this.#scanner.take();
    else if (collection !== undefined && (block || type === '[' || type === '{')) {
      this.#scanner.take();
      this.#pushCollection(this[collection]);
    } else if (!described) this.#fail('did not find expected node content');
  }

  #alias(): void {
    const { text } = this.#scanner.peek();
    if (!this.#anchors.has(text)) throw new YamlError(`yaml: unknown anchor '${text}' referenced`);
    this.#scanner.take();
  }

  /** Takes a token that may stand here. */
  #took(type: TokenType): boolean {
    if (!this.#next(type)) return false;
    this.#scanner.take();
    return true;
  }

  /** Anchor and tag, in any order. */
  #properties(): boolean {
    let anchor: Token | undefined;
    let tag: Token | undefined;
    for (let token = this.#scanner.peek(); ; token = this.#scanner.peek()) {
      if (token.type === 'anchor' && anchor === undefined) anchor = token;
      else if (token.type === 'tag' && tag === undefined) tag = token;
      else break;
      this.#scanner.take();
    }
    if (tag !== undefined && tag.text !== '' && !this.#handles.has(tag.text)) {
      this.#fail('found undefined tag handle', tag);
    }
    if (anchor !== undefined) this.#anchors.add(anchor.text);
    return anchor !== undefined || tag !== undefined;
  }

  sequence(): void {
    if (this.#took('block end')) return;
    if (!this.#took('entry')) this.#fail("did not find expected '-' indicator");
    this.#push(this.sequence);
    this.#nodeUnless(this.#blockNode, 'entry', 'block end');
  }

  #indentlessEntry(): void {
    if (!this.#took('entry')) return;
    this.#push(this.#indentlessEntry);
    this.#nodeUnless(this.#blockNode, 'entry', 'key', 'value', 'block end');
  }

  mapping(): void {
    if (this.#took('block end')) return;
    if (!this.#took('key')) this.#fail('did not find expected key');
    this.#push(this.#mappingValue, this.mapping);
    this.#nodeUnless(this.#mappingNode, 'key', 'value', 'block end');
  }

  #mappingValue(): void {
    if (this.#took('value')) this.#nodeUnless(this.#mappingNode, 'key', 'value', 'block end');
  }

  flowSequence(): void {
    if (this.#took(']')) return;
    this.#push(this.#flowSequenceRest);
    this.#flowEntry(this.#pairValue, ']');
  }

  #flowSequenceRest(): void {
    if (this.#took(']')) return;
    if (!this.#took(',')) this.#fail("did not find expected ',' or ']'");
    this.#push(this.flowSequence);
  }

  #pairValue(): void {
    if (this.#took('value')) this.#nodeUnless(this.#flowNode, ',', ']');
  }

  flowMapping(): void {
    if (this.#took('}')) return;
    this.#push(this.#flowMappingRest);
    this.#flowEntry(this.#flowMappingValue, '}');
  }

  #flowMappingRest(): void {
    if (this.#took('}')) return;
    if (!this.#took(',')) this.#fail("did not find expected ',' or '}'");
    this.#push(this.flowMapping);
  }

  #flowMappingValue(): void {
    if (this.#took('value')) this.#nodeUnless(this.#flowNode, ',', '}');
  }

  /** A node between brackets, or a key with the value that this state reads. */
  #flowEntry(value: State, end: TokenType): void {
    if (this.#took('key')) {
      if (end === ']') this.#pushCollection(value);
      else this.#push(value);
      this.#nodeUnless(this.#flowNode, 'value', ',', end);
    } else this.#push(this.#flowNode);
  }
}

/** The collections that begin with these tokens. */
const collections: Readonly<Partial<Record<TokenType, 'sequence' | 'mapping' | 'flowSequence' | 'flowMapping'>>> = {
  'sequence start': 'sequence',
  'mapping start': 'mapping',
  '[': 'flowSequence',
  '{': 'flowMapping',
};
