/** Numbers that only look random: the same seed gives the same ones. */
export interface Random {
  /** From 0 to below `bound`. */
  integer(bound: number): number;
  pick<T>(values: readonly T[]): T;
  chance(probability: number): boolean;
  /** A source of its own for one actor, so that its choices do not depend on how the others take turns. */
  fork(actor: string): Random;
}

export function seeded(seed: number): Random {
  let state = seed >>> 0;
  // Mulberry32: small, and even enough for choices.
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  };
  const random: Random = {
    integer: (bound) => Math.floor(next() * bound),
    pick: (values) => values[random.integer(values.length)]!,
    chance: (probability) => next() < probability,
    fork(actor) {
      let hash = seed ^ 0x811c9dc5;
      for (const unit of actor) hash = Math.imul(hash ^ unit.codePointAt(0)!, 0x01000193);
      return seeded(hash);
    },
  };
  return random;
}
