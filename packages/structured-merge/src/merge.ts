import { type Atom, atomOf, type ListAtom, type MapAtom, shapeOf } from './atom.ts';
import { itemElement } from './list-item.ts';
import { elementText, fieldElement, type PathElement } from './path-element.ts';
import { TypedError, type TypedProblem } from './typed-error.ts';
import type { TypedValue } from './typed-value.ts';
import { isMap, type JsonMap, own, put } from './value.ts';

/**
 * The live value with the config laid over it: nothing is removed, leaves are the config's, maps are merged by name, sets
 * and lists of maps by item. Items stand as in the config where both have them, the others keep their places. Shares
 * with the live value what did not change; answers the live value itself when nothing did.
 *
 * Throws a TypedError when the items of a list cannot be told apart.
 */
export function merge(live: TypedValue, config: TypedValue): TypedValue {
  const problems: TypedProblem[] = [];
  const value = merged(atomOf(live.type), live.value, config.value, [], problems);
  if (problems.length > 0) throw new TypedError(problems);
  return value === live.value ? live : { type: live.type, value };
}

type Problems = TypedProblem[];

function merged(atom: Atom, live: unknown, config: unknown, path: PathElement[], problems: Problems): unknown {
  if (live === config || config === undefined) return live;
  if (live === undefined) return config;
  switch (shapeOf(atom, config)) {
    case 'map':
      return mergedMap(atom.map as MapAtom, live, config, path, problems);
    case 'list':
      return mergedList(atom.list as ListAtom, live, config, path, problems);
    case 'scalar':
      return config;
  }
}

function mergedMap(map: MapAtom, live: unknown, config: unknown, path: PathElement[], problems: Problems): unknown {
  if (map.atomic || !isMap(live) || !hasMembers(live)) return config;
  // Nothing is removed: an empty map over a full one changes nothing.
  if (!isMap(config)) return live;
  let out: Record<string, unknown> | undefined;
  for (const name of Object.keys(config)) {
    const wanted = own(config, name);
    if (wanted === undefined) continue;
    const field = map.field(name);
    const atom = field?.atom ?? map.others;
    if (atom === undefined) continue;
    const before = own(live, name);
    path.push(field?.element ?? fieldElement(name));
    const after = merged(atom, before, wanted, path, problems);
    path.pop();
    if (after === before) continue;
    out ??= { ...live };
    put(out, name, after);
  }
  return out ?? live;
}

const hasMembers = (value: JsonMap): boolean => {
  for (const name in value) if (value[name] !== undefined) return true;
  return false;
};

function mergedList(list: ListAtom, live: unknown, config: unknown, path: PathElement[], problems: Problems): unknown {
  if (list.kind === 'atomic' || !Array.isArray(live) || live.length === 0) return config;
  if (!Array.isArray(config) || config.length === 0) return live;
  const wanted = elementsOf(list, config, false, path, problems);
  const present = elementsOf(list, live, true, path, problems);
  if (problems.length > 0) return live;
  let changed = false;
  const out: unknown[] = [];
  for (const step of order(present, wanted)) {
    const item = step.live === undefined ? undefined : live[step.live];
    if (step.config === undefined) out.push(item);
    else {
      const element = wanted.elements[step.config] as PathElement;
      // An item that is there twice has no one value to merge with: the config's replaces all of them.
      const before = present.twice.has(element.text) ? undefined : item;
      path.push(element);
      out.push(merged(list.items, before, config[step.config], path, problems));
      path.pop();
    }
    changed ||= out[out.length - 1] !== live[out.length - 1];
  }
  return changed || out.length !== live.length ? out : live;
}

interface Elements {
  readonly elements: readonly PathElement[];
  /** The first place of each element. */
  readonly places: ReadonlyMap<string, number>;
  readonly twice: ReadonlySet<string>;
}

function elementsOf(
  list: ListAtom,
  items: readonly unknown[],
  allowDuplicates: boolean,
  path: readonly PathElement[],
  problems: Problems,
): Elements {
  const elements: PathElement[] = [];
  const places = new Map<string, number>();
  const twice = new Set<string>();
  const report = (message: string) => problems.push({ path: path.map((step) => elementText(step)).join(''), message });
  for (let i = 0; i < items.length; i++) {
    const element = itemElement(list, items[i]);
    if (typeof element === 'string') report(`element ${i}: ${element}`);
    else {
      elements.push(element);
      if (!places.has(element.text)) places.set(element.text, i);
      else if (allowDuplicates) twice.add(element.text);
      else report(`duplicate entries for key ${elementText(element)}`);
    }
  }
  return { elements, places, twice };
}

/** Where an item of the result comes from: the live list, the config, or both. */
interface Step {
  readonly live: number | undefined;
  readonly config: number | undefined;
}

/**
 * The order of the result. Shared items come in the config's order. An item that only the live list has stays behind
 * the one it followed; new items of the config come before the shared item that they precede there.
 */
function* order(live: Elements, config: Elements): Generator<Step> {
  const shared = config.elements.filter(({ text }) => live.places.has(text)).map(({ text }) => text);
  const done = new Set<string>();
  let next = 0;
  let i = 0;
  let j = 0;
  while (i < live.elements.length || j < config.elements.length) {
    const here = live.elements[i]?.text;
    const wanted = config.elements[j]?.text;
    if (here !== undefined && here === wanted) {
      done.add(here);
      yield { live: live.places.get(here), config: j };
      i++;
      j++;
      next++;
    } else if (here !== undefined && wanted !== undefined && config.places.has(here) && isLater(shared, next, here)) {
      // Its turn comes when the config has it.
      i++;
    } else if (here !== undefined && !config.places.has(here)) {
      yield { live: i, config: undefined };
      i++;
    } else {
      if (here !== undefined && done.has(here)) i++;
      if (wanted === undefined) continue;
      done.add(wanted);
      yield { live: live.places.get(wanted), config: j };
      j++;
      if (shared[next] === wanted) next++;
    }
  }
}

const isLater = (shared: readonly string[], next: number, text: string): boolean =>
  next < shared.length && shared[next] !== text;
