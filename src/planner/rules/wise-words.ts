import { tidy } from './token.ts';
import { type Vocabulary, wordsOf } from './vocabulary.ts';

const mostWords = 4;

/**
 * "Priority wise", "sales region-wise": by that, as many words of it as are the name of something. Records before it are
 * no part of the name: "tickets priority wise".
 */
export function withWise(text: string, { phrases, keyOf }: Pick<Vocabulary, 'phrases' | 'keyOf'>): string {
  const match = /^(?<before>.*?)[ -]wise(?![\p{L}'])(?<rest>.*)$/iu.exec(text)?.groups;
  if (!match) return text;
  const { before = '', rest = '' } = match;
  const endsInFigure = (head: string): boolean => {
    const keys = wordsOf(tidy(head)).map(keyOf);
    return keys.some((_, from) =>
      phrases.get(keys.slice(from).join(' '))?.meanings.some(({ kind }) => /^(?:metric|entity)$/.test(kind)),
    );
  };
  const words = before.split(' ');
  for (let count = Math.min(mostWords, words.length); count > 0; count -= 1) {
    const said = words.slice(-count);
    const keys = wordsOf(tidy(said.join(' '))).map(keyOf);
    const isNamed = phrases
      .get(keys.join(' '))
      ?.meanings.some(({ kind }) => /^(?:dimension|entity)$/.test(kind));
    const head = words
      .slice(0, -count)
      .join(' ')
      .replace(/,? and$|,$/i, '');
    const opensWithRecords = count > 1 && (keys[0] ?? '').startsWith('@') && /s$/i.test(said[0] ?? '');
    const isAsked = !opensWithRecords || endsInFigure(head);
    if (isNamed !== true || !isAsked || !/^[\p{L}]/u.test(said[0] ?? '')) continue;
    const put = head === '' ? `by ${said.join(' ')},` : `${head} by ${said.join(' ')}`;
    return withWise(`${put}${rest}`, { phrases, keyOf });
  }
  return text;
}
