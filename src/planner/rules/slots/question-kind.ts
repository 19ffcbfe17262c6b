import type { Reading } from '../reading.ts';

/** How a question is put; decides between a number and a list of records. */
export interface QuestionKind {
  /** Token of "many" or "number" in "how many", "number of"; null when no count is asked for. */
  readonly countAt: number | null;
  /** Token of "which", "what", "who". */
  readonly whichAt: number | null;
  readonly isWho: boolean;
  /** "list", "show me", "which": records are welcome. */
  readonly isList: boolean;
  /** "trend", "over time": grouped by time, grain left to the range. */
  readonly isTrend: boolean;
}

/** What stands right before, from "by" on. */
function beforeOf(words: readonly string[], index: number): string {
  const at = words.lastIndexOf('by', index);
  return at === -1 ? '' : words.slice(at, index).join(' ');
}

/** "What campaigns did we run", "give me all tickets solved yesterday": the records themselves, in the plural. */
function wantsRecords({ tokens }: Reading, isRecord: (word: string) => boolean): boolean {
  const [first, second] = tokens;
  const isGiven =
    /^(?:give|send|get|pull|fetch|bring)$/.test(first?.word ?? '') && /^(?:me|us)$/.test(second?.word ?? '');
  if (!isGiven && first?.word !== 'what') return false;
  const from = isGiven ? 2 : 1;
  const at = tokens.findIndex(
    ({ index, word, lower, possessive }) =>
      index >= from && index <= from + 3 && isRecord(word) && lower !== word && !possessive,
  );
  const between = tokens.slice(from, at === -1 ? from : at);
  const next = tokens[at + 1]?.word ?? '';
  return (
    at !== -1 &&
    !/^(?:by|per|rate|count|volume|trend|number)$/.test(next) &&
    between.every(
      ({ word, kind }) =>
        kind === 'word' &&
        !/^(?:is|are|was|were|do|does|did|number|count|share|percent|rate|total|of|by|per)$/.test(word),
    )
  );
}

/** "Are there urgent tickets", "does Acme have any critical incidents": who asks whether there are some wants to see them. */
function asksForAny({ tokens }: Reading, isRecord: (word: string) => boolean): boolean {
  const [first, second] = tokens.map(({ lower }) => lower);
  const has = tokens.findIndex(({ lower }) => /^(?:have|got)$/.test(lower));
  const isThere = /^(?:is|are)$/.test(first ?? '') && second === 'there';
  const isHad = /^(?:do|does|has|have)$/.test(first ?? '') && tokens[has + 1]?.lower === 'any';
  if (!isThere && !isHad) return false;
  const other = /^(?:how|what|total|number|count|than|average|by|per|enough|many|much)$/;
  if (tokens.some(({ word }) => other.test(word))) return false;
  const from = isThere ? 2 : has + 1;
  return tokens.slice(from, from + 5).some(({ word }) => isRecord(word));
}

export const isTrendWord = (word: string): boolean =>
  /^(?:trend|trending|trended|trendline|timeline|history|historical|evolution|progression)$/.test(word);

/** Words of a course, unless something is compared: "how has revenue developed since March". */
export const isCourseWord = (word: string): boolean =>
  isTrendWord(word) || /^(?:development|developed|develop|evolved|evolve)$/.test(word);

/** Marks that are fillers elsewhere, so none of them is taken. */
export function readQuestionKind(
  reading: Reading,
  isRecord: (word: string) => boolean = () => false,
): QuestionKind {
  const words = reading.tokens.map((token) => token.word);
  const at = (test: (word: string, index: number) => boolean): number | null => {
    const index = words.findIndex(test);
    return index === -1 ? null : index;
  };
  const times = words.findIndex(
    (word, index) =>
      (word === 'often' && words[index - 1] === 'how') ||
      (reading.tokens[index]?.lower === 'times' && words[index - 1] === 'many' && words[index - 2] === 'how'),
  );
  if (times !== -1) reading.take('count', [times], 'how many');
  const countAt = at(
    (word, index) =>
      index === times ||
      (word === 'many' && words[index - 1] === 'how') ||
      // "Top 5 salespersons by number of sales" asks for the salespersons.
      (/^(?:number|count)$/.test(word) &&
        (words[index + 1] === 'of' || index === 0) &&
        // "The phone number of the CTO" counts nothing.
        !/^(?:phone|telephone|mobile|cell|fax|serial|invoice|order|vat|tax|bank)$/.test(
          words[index - 1] ?? '',
        ) &&
        !/^by(?: the)?(?: total)?$/.test(beforeOf(words, index))),
  );
  // "Tickets whose category is billing": which tickets are meant, and nothing about who.
  const isRelative = (index: number): boolean =>
    words[index] === 'whose' && words[0] !== 'what' && isRecord(words[index - 1] ?? '');
  const asks = (word: string, index: number): boolean =>
    /^(?:which|what|who|whose|whom)$/.test(word) && !isRelative(index);
  const whichAt = at(asks);
  // "Customers who gave us a 6": they are named, and nobody asks who.
  const isOfNamed = (index: number): boolean =>
    reading.tokens[index]?.lower === 'who' && isRecord(words[index - 1] ?? '');
  const isWho = words.some(
    (word, index) => /^who(?:se|m)?$/.test(word) && asks(word, index) && !isOfNamed(index),
  );
  const isList =
    wantsRecords(reading, isRecord) ||
    asksForAny(reading, isRecord) ||
    words.some(
      (word, index) =>
        /^(?:list|which|who|display|find)$/.test(word) || (word === 'show' && index < 4) || isRelative(index),
    );
  const trend = reading.tokens.filter(
    (token) => isCourseWord(token.word) || (token.word === 'time' && words[token.index - 1] === 'over'),
  );
  for (const token of trend) {
    if (token.word === 'time' && reading.isFree(token.index - 1))
      reading.take('trend', [token.index - 1, token.index], 'by time');
  }
  return { countAt, whichAt, isWho, isList, isTrend: trend.length > 0 };
}
