import { type Reading, range } from '../reading.ts';
import { numberWords } from '../time/time-words.ts';

/** "… is already in the past", "… has passed": half-open range of tokens that say so of the date named before them. */
export interface PastDate {
  readonly from: number;
  readonly to: number;
}

const phrases: readonly (readonly string[])[] = [
  ['in', 'the', 'past'],
  ['passed'],
  ['is', 'past'],
  ['are', 'past'],
  ['has', 'gone', 'by'],
  ['behind', 'us'],
];

/** Taken before times are read, so that no range is made of "past". */
export function readPastDate(reading: Reading): PastDate | null {
  for (let from = 0; from < reading.tokens.length; from += 1) {
    for (const words of phrases) {
      const fits = words.every(
        (word, offset) => reading.tokens[from + offset]?.lower === word && reading.isFree(from + offset),
      );
      // "in the past 30 days" is a range.
      const after = reading.tokens[from + words.length];
      if (
        !fits ||
        after?.kind === 'number' ||
        Object.hasOwn(numberWords, after?.lower ?? '') ||
        (after !== undefined &&
          /^(?:the|a|due|week|day|month|quarter|year|few|couple|hour|their|sla|resolution|target)$/.test(
            after.word,
          ))
      )
        continue;
      reading.take('date in the past', range(from, from + words.length), 'before today');
      return { from, to: from + words.length };
    }
  }
  return null;
}
