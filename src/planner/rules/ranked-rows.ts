import type { Catalogue } from '../../catalogue/catalogue.ts';
import { canonical } from './canonical.ts';
import type { Vocabulary } from './vocabulary.ts';

const ranked =
  /\b(?<end>lowest|highest|worst|best|biggest|largest|smallest|longest|shortest) (?<words>[a-z]+(?: [a-z]+){1,3})\b/iu;

/**
 * "My five lowest sentiment tickets": the tickets with the lowest sentiment, where that is a number of theirs and no figure
 * that would be ranked by itself.
 */
export function withRankedRows(
  text: string,
  { phrases, keyOf }: Vocabulary,
  { dimensions }: Catalogue,
): string {
  const match = ranked.exec(text);
  const { end = '', words = '' } = match?.groups ?? {};
  if (match === null) return text;
  const said = words.split(' ');
  const at = said.findIndex(
    (word, index) => index > 0 && /s$/i.test(word) && keyOf(canonical(word)).startsWith('@'),
  );
  if (at < 1) return text;
  const column = said.slice(0, at).map((word) => keyOf(canonical(word.toLowerCase())));
  const meanings = phrases.get(column.join(' '))?.meanings ?? [];
  const isColumn =
    meanings.some((one) => one.kind === 'dimension' && dimensions.get(one.id)?.type === 'number') &&
    !meanings.some(({ kind }) => kind === 'metric' || kind === 'entity');
  if (!isColumn) return text;
  const put = `${said[at] ?? ''} with the ${end} ${said.slice(0, at).join(' ')}`;
  const behind = said
    .slice(at + 1)
    .map((word) => ` ${word}`)
    .join('');
  return `${text.slice(0, match.index)}${put}${behind}${text.slice(match.index + match[0].length)}`;
}
