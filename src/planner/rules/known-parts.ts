import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { StoredValues } from '../../query/stored-values.ts';
import { namingDimension } from './compose/reach.ts';
import { grammarWords } from './grammar-words.ts';
import type { NamedQuestion } from './known-names.ts';
import { nameWords } from './name-index.ts';
import { plainWords } from './plain-words.ts';

const shortestPart = 3;

/**
 * "The webinar", "vault": a word that nobody knew and that only one product, campaign or other record of few carries in its
 * name, read as that name. An ordinary word ("report" of "Compliance report") never is.
 *
 * @param unknown the words as the refusal names them
 * @returns null when none of them is such a part
 */
export function withKnownParts(
  question: string,
  unknown: readonly string[],
  catalogue: Catalogue,
  stored: StoredValues | undefined,
): NamedQuestion | null {
  if (stored === undefined) return null;
  const names = recordNames(catalogue, stored);
  const notes: string[] = [];
  let text = question;
  for (const word of unknown.map((one) => one.toLowerCase())) {
    if (word.length < shortestPart || isOrdinary(word) || !/^\p{L}+$/u.test(word)) continue;
    const [only, another] = names.filter((name) => nameWords(name).includes(word));
    const place = new RegExp(`(?<![\\p{L}\\p{N}"])${word}(?![\\p{L}\\p{N}"])`, 'iu');
    if (only === undefined || another !== undefined || !place.test(text)) continue;
    text = text.replace(place, () => only);
    notes.push(`I read “${word}” as “${only}”.`);
  }
  return notes.length === 0 ? null : { question: text, notes };
}

const isOrdinary = (word: string): boolean => plainWords.has(word) || grammarWords.has(word);

/** What records of few are called: those of a column that names them. */
function recordNames(catalogue: Catalogue, stored: StoredValues): readonly string[] {
  const naming = new Set([...catalogue.entities.keys()].map((id) => namingDimension(catalogue, id)));
  return [
    ...new Set([...stored].flatMap(([dimension, values]) => (naming.has(dimension) ? [...values] : []))),
  ];
}
