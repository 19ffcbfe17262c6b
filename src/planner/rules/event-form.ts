import { pastForms } from './canonical.ts';
import type { Token } from './token.ts';

/** "did we open" names the event "opened"; "how healthy" asks for the health. */
export function inEventForm(tokens: readonly Token[]): readonly Token[] {
  return tokens.map((token, index) => {
    if (token.word === 'healthy' && tokens[index - 1]?.word === 'how') return { ...token, word: 'health' };
    const past = pastForms[token.word];
    if (past === undefined) return token;
    const isAsked = tokens.slice(Math.max(0, index - 6), index).some((before) => before.lower === 'did');
    return isAsked ? { ...token, word: past } : token;
  });
}
