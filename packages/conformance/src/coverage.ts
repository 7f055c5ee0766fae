import type { ConformanceCase } from './case.ts';

/** How cases and a written contract fit together; empty lists when they do. */
export interface ContractCoverage {
  /** Ids of the contract that no case names. */
  readonly unproven: readonly string[];
  /** Ids that a case names and the contract does not have. */
  readonly unknown: readonly string[];
  /** Case ids that occur twice. */
  readonly duplicates: readonly string[];
}

/** The ids of a contract document: every `**XY-12**` in it, in order. */
export function contractIds(markdown: string): readonly string[] {
  return [...markdown.matchAll(/\*\*([A-Z]{1,3}-\d+)\*\*/g)].map((match) => match[1]!);
}

/** Compares the rules of a contract with the cases that claim to prove them. */
export function contractCoverage(
  ids: readonly string[],
  cases: readonly Pick<ConformanceCase<never>, 'id' | 'contract'>[],
): ContractCoverage {
  const named = new Set(cases.flatMap((one) => one.contract));
  const known = new Set(ids);
  const seen = new Set<string>();
  const duplicates = cases.map((one) => one.id).filter((id) => seen.has(id) || !seen.add(id));
  return {
    unproven: ids.filter((id) => !named.has(id)),
    unknown: [...named].filter((id) => !known.has(id)),
    duplicates,
  };
}
