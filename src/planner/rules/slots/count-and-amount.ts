import { type Reading, range } from '../reading.ts';

/** Which of the two stands first. */
export type CountAndAmount = 'count first' | 'amount first';

const isCount = (word: string): boolean => /^(?:count|number)$/.test(word);
const isAmount = (word: string): boolean => /^(?:amount|value|money)$/.test(word);

/** "Count and $$", "amount and number of deals": the words say two figures of the rows that are named elsewhere. */
export function readCountAndAmount(reading: Reading): CountAndAmount | null {
  for (const token of reading.tokens) {
    if (!/^(?:and|plus)$/.test(token.word) || !reading.isFree(token.index)) continue;
    const [left, right] = [reading.tokens[token.index - 1], reading.tokens[token.index + 1]];
    if (!left || !right || !reading.isFree(left.index) || !reading.isFree(right.index)) continue;
    const order =
      isCount(left.word) && isAmount(right.word)
        ? 'count first'
        : isAmount(left.word) && isCount(right.word)
          ? 'amount first'
          : null;
    if (order === null) continue;
    reading.take('two figures', range(left.index, right.index + 1), order);
    return order;
  }
  return null;
}
