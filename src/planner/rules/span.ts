import type { Reading } from './reading.ts';
import { type Meaning, type Phrase, saysMean, wordsOf } from './vocabulary.ts';

/** Words of a question that are a phrase of the catalogue. */
export interface Span {
  /** Token indexes, ascending; not necessarily adjacent. */
  readonly indexes: readonly number[];
  readonly from: number;
  /** After the last token. */
  readonly to: number;
  readonly words: string;
  readonly meanings: readonly Meaning[];
  /** Tokens of an entity that another span had already taken ("opened" in "tickets opened and solved"). */
  readonly shared: boolean;
}

/** Half-open range of token indexes. */
export interface Place {
  readonly from: number;
  readonly to: number;
}

/** "Last 3 full months" is a time, though "full month" is a word of the catalogue: the longer reading wins. */
export const isWithin = (indexes: readonly number[], places: readonly Place[]): boolean =>
  places.some(
    ({ from, to }) => to - from > indexes.length && indexes.every((index) => index >= from && index < to),
  );

export function toSpan(reading: Reading, indexes: readonly number[], phrase: Phrase, shared: boolean): Span {
  return {
    indexes,
    from: indexes[0] ?? 0,
    to: (indexes.at(-1) ?? 0) + 1,
    words: indexes.map((index) => reading.tokens[index]?.text ?? '').join(' '),
    meanings: meaningsAsSaid(reading, indexes, phrase),
    shared,
  };
}

/** Between the words of a phrase "with" tells apart what else sounds the same. */
function meaningsAsSaid(reading: Reading, indexes: readonly number[], phrase: Phrase): readonly Meaning[] {
  const { having } = phrase;
  const meanings = asMeanOrNot(reading, indexes, withoutNamesakes(reading, indexes, phrase), phrase);
  if (having === undefined || having.size === 0) return meanings;
  const said = reading.tokens.slice(indexes[0] ?? 0, indexes.at(-1) ?? 0);
  const isWith = said.some(({ word }) => /^(?:with|have|has|had|having)$/.test(word));
  const fitting = meanings.filter((meaning) => having.has(meaning) === isWith);
  return fitting.length > 0 ? fitting : meanings;
}

/** "Messages in my conversations" are counted, "messages per conversation" are a mean of each. */
function asMeanOrNot(
  { tokens }: Reading,
  indexes: readonly number[],
  meanings: readonly Meaning[],
  { means }: Phrase,
): readonly Meaning[] {
  if (means === undefined || means.size === 0 || meanings.length < 2) return meanings;
  const [first = 0, last = 0] = [indexes[0], indexes.at(-1)];
  const isMean = saysMean(
    tokens
      .slice(Math.max(0, first - wordsAhead), last)
      .map(({ word }) => word)
      .join(' '),
  );
  const fitting = meanings.filter((meaning) => meaning.kind !== 'metric' || means.has(meaning) === isMean);
  return fitting.some(({ kind }) => kind === 'metric') ? fitting : meanings;
}

/** "The average number of messages". */
const wordsAhead = 4;

/** "Chat" is a channel and another word for a conversation; "conversation" is no other word for that channel. */
function withoutNamesakes(
  reading: Reading,
  [index = 0, another]: readonly number[],
  { words, meanings }: Phrase,
): readonly Meaning[] {
  if (another !== undefined || !words[0]?.startsWith('@')) return meanings;
  const said = reading.tokens[index]?.word;
  const fitting = meanings.filter((meaning) => {
    if (meaning.kind !== 'value') return true;
    const [only, further] = wordsOf(meaning.label);
    return further !== undefined || only === said;
  });
  return fitting.length > 0 ? fitting : meanings;
}

export function describe(span: Span): string {
  return span.meanings
    .map((meaning) =>
      meaning.kind === 'value'
        ? `value ${meaning.dimension} = ${meaning.value}`
        : `${meaning.kind} ${meaning.id}`,
    )
    .join(', or ');
}
