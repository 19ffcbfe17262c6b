import { vocabularyOf } from '../vocabulary.ts';
import type { Draft } from './draft.ts';

/** Whether records of an entity are named in the plural: "show the deals", where "the deal funnel" names none. */
export function namesSeveral({ catalogue, understood: { reading } }: Draft, entity: string): boolean {
  const { keyOf } = vocabularyOf(catalogue);
  return reading.tokens.some(({ word, lower }) => lower !== word && keyOf(word) === `@${entity}`);
}
