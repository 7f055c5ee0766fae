import { goQuote } from '@orlop/schema';
import { compareBytes } from '../text/compare-bytes.ts';
import type { LabelSelectorSpec } from './label-selector-spec.ts';
import {
  type LabelOperator,
  type LabelRequirement,
  type Labels,
  labelRequirement,
  matchesRequirement,
  requirementText,
} from './requirement.ts';
import { SelectorError } from './selector-error.ts';

/** Conditions on labels, all of which must hold. Immutable. */
export interface LabelSelector {
  /** No conditions: everything matches. */
  readonly empty: boolean;
  /** Nothing matches, whatever the labels: the selector of an object that has none. */
  readonly nothing: boolean;
  /** Sorted by key. */
  readonly requirements: readonly LabelRequirement[];
  matches(labels: Labels | undefined): boolean;
  /** The one value that the label must have, when the first condition on it says so. */
  requiresExactMatch(label: string): string | undefined;
  /** Canonical text: sorted by key, sets sorted. */
  toString(): string;
}

const noLabels: Labels = {};

/** A selector of checked requirements. */
export function labelSelector(requirements: readonly LabelRequirement[]): LabelSelector {
  if (requirements.length === 0) return everythingLabels;
  const sorted = [...requirements].sort((a, b) => compareBytes(a.key, b.key));
  return {
    empty: false,
    nothing: false,
    requirements: sorted,
    matches: (labels = noLabels) => {
      for (const requirement of sorted) if (!matchesRequirement(requirement, labels)) return false;
      return true;
    },
    requiresExactMatch: (label) => {
      const first = sorted.find(({ key }) => key === label);
      if (first === undefined || !exact.has(first.operator)) return undefined;
      return first.values.length === 1 ? first.values[0] : undefined;
    },
    toString: () => sorted.map(requirementText).join(','),
  };
}

const exact: ReadonlySet<LabelOperator> = new Set<LabelOperator>(['=', '==', 'in']);

export const everythingLabels: LabelSelector = {
  empty: true,
  nothing: false,
  requirements: [],
  matches: () => true,
  requiresExactMatch: () => undefined,
  toString: () => '',
};

export const nothingLabels: LabelSelector = {
  empty: false,
  nothing: true,
  requirements: [],
  matches: () => false,
  requiresExactMatch: () => undefined,
  toString: () => '',
};

/** Labels that must be there with these values; keys and values are taken unchecked. */
export function labelSelectorFromSet(labels: Labels | null | undefined): LabelSelector {
  return labelSelector(
    Object.entries(labels ?? {}).map(([key, value]) => ({ key, operator: '=' as const, values: [value] })),
  );
}

const specOperators: Readonly<Record<string, LabelOperator>> = {
  In: 'in',
  NotIn: 'notin',
  Exists: 'exists',
  DoesNotExist: '!',
};

/**
 * The selector that an object holds. An absent one matches nothing, an empty one everything.
 * @throws SelectorError when it is not valid
 */
export function labelSelectorFrom(spec: LabelSelectorSpec | null | undefined): LabelSelector {
  if (spec === undefined || spec === null) return nothingLabels;
  const requirements = Object.entries(spec.matchLabels ?? {}).map(([key, value]) =>
    labelRequirement(key, '=', [value]),
  );
  for (const { key, operator, values } of spec.matchExpressions ?? []) {
    const known = Object.hasOwn(specOperators, operator) ? specOperators[operator] : undefined;
    if (known === undefined) throw new SelectorError(`${goQuote(operator)} is not a valid label selector operator`);
    requirements.push(labelRequirement(key, known, values ?? []));
  }
  return labelSelector(requirements);
}

/**
 * The selector as `status.selector` of a scale and table cells show it; errors become `<error>`, absence `<none>`.
 */
export function formatLabelSelector(spec: LabelSelectorSpec | null | undefined): string {
  try {
    return labelSelectorFrom(spec).toString() || '<none>';
  } catch {
    return '<error>';
  }
}
