import type { Catalogue } from '../../../catalogue/catalogue.ts';
import type { StoredValues } from '../../../query/stored-values.ts';
import { changeFromTo } from '../change-from-to.ts';
import { vocabularyWith } from '../stored-vocabulary.ts';
import { tidy } from '../token.ts';
import { inPlainVerbs } from './figure-verbs.ts';
import { knownWords } from './known-words.ts';
import { inGroups } from './one-each.ts';
import { withoutOpening } from './openings.ts';
import { inRanks } from './rank-words.ts';

/**
 * A question in the plainest of the constructions that ask the same: a figure, its groups, its end of a ranking, its course
 * and its other period may each be told in a sentence of their own or with a verb of their own. Only words of form are
 * looked at; what is asked for may be anything that the catalogue knows.
 */
export function askedPlainly(
  question: string,
  catalogue: Catalogue,
  stored: StoredValues | undefined,
): string {
  const text = tidy(question);
  const known = knownWords(vocabularyWith(catalogue, stored), catalogue);
  const bare = inPlainVerbs(withoutOpening(text), known);
  const plain = changeFromTo(inGroups(inRanks(bare, known), known))
    .replace(/\s+/g, ' ')
    .trim();
  return plain === text || plain === '' ? question : plain;
}
