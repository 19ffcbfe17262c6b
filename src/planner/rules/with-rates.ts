import type { Token } from './token.ts';
import type { Vocabulary } from './vocabulary.ts';

const longestRate = 4;

/**
 * "Win %" is the win rate where the catalogue has one and no figure of its own by that name. A percent sign that names
 * nothing stays, and blocks an answer that is no percentage.
 */
export function withRates(tokens: readonly Token[], vocabulary: Vocabulary): readonly Token[] {
  return tokens.map((token, index) => {
    if (token.word !== 'percent') return token;
    for (let from = Math.max(0, index - longestRate); from < index; from += 1) {
      const keys = tokens.slice(from, index).map((one) => vocabulary.keyOf(one.word));
      if (vocabulary.phrases.has([...keys, 'percent'].join(' '))) return token;
      const rate = vocabulary.phrases.get([...keys, 'rate'].join(' '));
      if (rate?.meanings.some((one) => one.kind === 'metric')) return { ...token, word: 'rate' };
    }
    return token;
  });
}
