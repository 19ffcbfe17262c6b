import type { SeenNames } from '../../query/seen-names.ts';
import { nameIndexOf, nameWords } from './name-index.ts';
import type { NameMention } from './slots/names.ts';

/**
 * "Naomi and Luis", where colleagues are called so: what somebody is whose name the asker may see. A name as it is
 * written in full goes before those that only begin with it.
 */
export function withKinds(name: NameMention, seen: SeenNames | undefined): NameMention {
  if (seen === undefined || seen.size === 0) return name;
  const words = nameWords(name.text);
  const exact = fullNames(seen, name.text);
  if (exact.length > 0) return { ...name, of: exact };
  const known = nameIndexOf(seen).byWord.get(words[0] ?? '') ?? [];
  const begun = known.filter(
    (one) => one.owner.length === 0 && words.every((word, at) => word === one.words[at]),
  );
  const whole = begun.filter((one) => one.words.length === words.length);
  const of = [...new Set((whole.length > 0 ? whole : begun).map(({ dimension }) => dimension))];
  return of.length === 0 ? name : { ...name, of };
}

/** What is called so to the letter, as a deal with its customer before the colon is. */
const fullNames = (seen: SeenNames, text: string): readonly string[] =>
  !text.includes(': ')
    ? []
    : [...seen].filter(([, names]) => [...names].includes(text)).map(([dimension]) => dimension);
