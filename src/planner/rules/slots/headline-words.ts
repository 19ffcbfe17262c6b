import type { Edit } from '../edit.ts';
import { fillerWords } from '../filler-words.ts';
import { grammarWords } from '../grammar-words.ts';
import type { Understanding } from '../understand.ts';

/** Records that are spoken of by words of their headline, and what the headline is called. */
const headlines: ReadonlyMap<string, string> = new Map([
  ['@ticket', 'subject'],
  ['@customer_escalation', 'title'],
  ['@incident', 'title'],
]);
const longest = 3;

export interface HeadlineWords {
  readonly text: string;
  readonly edit: Edit;
}

/**
 * "Pool exhausted tickets": words right before the records that nothing else knows may stand in their headline. Whoever
 * runs the plan finds out whether any has them.
 */
export function findHeadlineWords(
  { reading }: Understanding,
  keyOf: (word: string) => string,
): HeadlineWords | null {
  for (const noun of reading.tokens) {
    const headline = headlines.get(keyOf(noun.word));
    if (headline === undefined || noun.kind !== 'word') continue;
    let from = noun.index;
    while (from > 0 && noun.index - from < longest && isUnknown(reading, from - 1)) from -= 1;
    // One word may be any adjective.
    if (noun.index - from < 2) continue;
    const words = reading.tokens.slice(from, noun.index).map(({ text }) => text.toLowerCase());
    const text = words.join(' ');
    const put = `${noun.text} with "${text}" in its ${headline}`;
    return { text, edit: { from, to: noun.index + 1, put: [{ kind: 'words', text: put }] } };
  }
  return null;
}

function isUnknown(reading: Understanding['reading'], index: number): boolean {
  const token = reading.tokens[index];
  if (token?.kind !== 'word' || !reading.isFree(index) || token.possessive) return false;
  return ![token.word, token.lower].some((word) => fillerWords.has(word) || grammarWords.has(word));
}
