import type { Random } from '../runtime.ts';

/** No vowels and nothing that looks like another: no words come out by chance. */
const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
const suffixLength = 5;
const maxNameLength = 63;

/** `length` characters that are safe in names. */
export function randomSuffix(random: Pick<Random, 'integer'>, length: number = suffixLength): string {
  return Array.from({ length }, () => alphabet[random.integer(alphabet.length)]).join('');
}

/** A name from a generateName: the base, cut so that everything fits a DNS label, and five random characters. */
export function generateName(base: string, random: Pick<Random, 'integer'>): string {
  return `${base.slice(0, maxNameLength - suffixLength)}${randomSuffix(random)}`;
}
