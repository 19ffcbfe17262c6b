import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { Token } from './token.ts';
import type { Meaning, Vocabulary } from './vocabulary.ts';

const came = /^(?:came|come|coming|arrived|opened|raised|received|created|sent|submitted|in)$/;

/**
 * "Came in by chat", "raised over the phone": by which channel, though a word may be that of records as well. Only the
 * channel is told so; by anything else rows are grouped.
 */
export function withVia(
  tokens: readonly Token[],
  { phrases, keyOf }: Vocabulary,
  { dimensions }: Catalogue,
): readonly Token[] {
  const isOfChannel = (one: Meaning): boolean =>
    one.kind === 'value' && /(?:^|\.)channel$/.test(dimensions.get(one.dimension)?.path ?? '');
  return tokens.map((token, index) => {
    const [before, next] = [tokens[index - 1], tokens[index + 1]];
    if (!/^(?:by|over)$/.test(token.lower) || !next || !came.test(before?.lower ?? '')) return token;
    const isChannel = phrases.get(`via ${keyOf(next.word)}`)?.meanings.some(isOfChannel);
    return isChannel === true && next.lower === next.word ? { ...token, lower: 'via', word: 'via' } : token;
  });
}
