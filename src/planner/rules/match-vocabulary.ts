import { fillerWords } from './filler-words.ts';
import { choose, nearestPlaces, width } from './nearest-places.ts';
import {
  type Candidate,
  contentTokens,
  inOrder,
  isCountAtEnd,
  isCountedRanking,
  isDoer,
  isGroupBefore,
  ranksRows,
  saysWhose,
} from './phrase-candidates.ts';
import type { Reading } from './reading.ts';
import { isRankingWord } from './slots/ranking.ts';
import { describe, isWithin, type Place, type Span, toSpan } from './span.ts';
import type { Token } from './token.ts';
import { isSkippable, type Meaning, type Phrase, type Vocabulary } from './vocabulary.ts';

/** "Orders last year" are the orders of a period, though a column of customers is called so too. */
function isFigureAndTime(
  reading: Reading,
  vocabulary: Vocabulary,
  { indexes, phrase }: Pick<Candidate, 'indexes' | 'phrase'>,
  places: readonly Place[],
): boolean {
  if (phrase.meanings.some(({ kind }) => kind !== 'dimension')) return false;
  const rest = indexes.filter((index) => !places.some(({ from, to }) => index >= from && index < to));
  if (rest.length === indexes.length || rest.length === 0) return false;
  const words = rest.map((index) => vocabulary.keyOf(reading.tokens[index]?.word ?? '')).join(' ');
  return vocabulary.phrases.get(words)?.meanings.some(({ kind }) => kind === 'metric') ?? false;
}

const temporal =
  /^(?:first|second|third|last|next|past|day|week|month|quarter|year|hour|daily|weekly|monthly|quarterly|yearly|annual|current|now|today|recent|time|over|under|before|after)$/;

/**
 * Phrases of several words that hold a word about time ("first response time", "next step") are taken before the
 * time grammar can misread them.
 */
export function findProtectedSpans(
  reading: Reading,
  vocabulary: Vocabulary,
  mentions: readonly Place[],
): readonly Span[] {
  const isTemporal = (index: number): boolean => temporal.test(reading.tokens[index]?.word ?? '');
  const ordered = inOrder(reading, vocabulary).filter(
    ({ indexes, phrase }) =>
      phrase.words.length > 1 &&
      indexes.some(isTemporal) &&
      !isWithin(indexes, mentions) &&
      !isFigureAndTime(reading, vocabulary, { indexes, phrase }, mentions),
  );
  // "resolution time of conversations" is theirs: the longer name, whose first words stand in order, goes before.
  const around = loose(reading, vocabulary, new Set()).filter(
    (one) =>
      ordered.some(({ indexes }) => indexes.every((index) => one.indexes.includes(index))) &&
      one.phrase.words.length <= one.indexes.length,
  );
  return choose(reading, [...ordered, ...around], new Set());
}

/** Stored values of several words ("Support EMEA"), before a capital letter makes a name of one of them. */
export function findStoredSpans(
  reading: Reading,
  vocabulary: Vocabulary,
  mentions: readonly Place[],
): readonly Span[] {
  const { storedPhrases } = vocabulary;
  if (storedPhrases === undefined) return [];
  const all = inOrder(reading, vocabulary);
  const isStored = ({ phrase }: Candidate): boolean => storedPhrases.has(phrase.words.join(' '));
  const own = all.filter((one) => !isStored(one));
  // "partner sourced revenue" stays a figure, whatever two of its words are stored as.
  const candidates = all.filter(
    (one) =>
      isStored(one) &&
      one.phrase.words.length > 1 &&
      !isWithin(one.indexes, mentions) &&
      !own.some(
        ({ indexes }) =>
          indexes.length > one.indexes.length && indexes.some((index) => one.indexes.includes(index)),
      ),
  );
  return choose(reading, candidates, new Set());
}

/**
 * All other phrases among the free words; longest first, metrics may stand in any order. Words that rank ("lowest")
 * count only inside longer phrases ("lowest health score").
 */
export function findSpans(
  reading: Reading,
  vocabulary: Vocabulary,
  entityTokens: Set<number>,
  { fewestWords }: { readonly fewestWords: 1 | 2 },
): readonly Span[] {
  const candidates = [...inOrder(reading, vocabulary), ...loose(reading, vocabulary, entityTokens)];
  return choose(
    reading,
    candidates.filter(({ phrase }) => phrase.words.length >= fewestWords),
    entityTokens,
  );
}

/** "health score below 40": words right before a compared number that name a number are that number's. */
export function findMeasuredSpans(
  reading: Reading,
  vocabulary: Vocabulary,
  numbers: readonly { readonly from: number }[],
  isNumeric: (meaning: Meaning, words: readonly string[]) => boolean,
): readonly Span[] {
  const spans: Span[] = [];
  for (const { phrase, indexes } of inOrder(reading, vocabulary).toSorted(
    (left, right) => right.indexes.length - left.indexes.length,
  )) {
    const meanings = phrase.meanings.filter((meaning) => isNumeric(meaning, phrase.words));
    const last = indexes.at(-1) ?? 0;
    const isBefore = numbers.some(
      ({ from }) => last < from && reading.tokens.slice(last + 1, from).every(isSkippable),
    );
    if (
      meanings.length === 0 ||
      !isBefore ||
      width(indexes) !== indexes.length - 1 ||
      !indexes.every((index) => reading.isFree(index))
    )
      continue;
    const span = toSpan(reading, indexes, { words: phrase.words, meanings }, false);
    reading.take('vocabulary', span.indexes, describe(span));
    spans.push(span);
  }
  return spans;
}

interface Numbered {
  readonly at: number;
  readonly phrase: Phrase;
}

const byFirstWord = new WeakMap<readonly Phrase[], ReadonlyMap<string, readonly Numbered[]>>();

/** Of thousands of phrases those whose first word is there at all, in the order in which they are kept. */
function beginningWith(
  phrases: readonly Phrase[],
  places: ReadonlyMap<string, readonly number[]>,
): readonly Phrase[] {
  const index = byFirstWord.get(phrases) ?? indexOf(phrases);
  return [...places.keys()]
    .flatMap((word) => index.get(word) ?? [])
    .sort((left, right) => left.at - right.at)
    .map(({ phrase }) => phrase);
}

function indexOf(phrases: readonly Phrase[]): ReadonlyMap<string, readonly Numbered[]> {
  const index = new Map<string, Numbered[]>();
  for (const [at, phrase] of phrases.entries()) {
    const [first = ''] = phrase.words;
    const known = index.get(first);
    if (known) known.push({ at, phrase });
    else index.set(first, [{ at, phrase }]);
  }
  byFirstWord.set(phrases, index);
  return index;
}

function loose(reading: Reading, vocabulary: Vocabulary, entityTokens: Set<number>): readonly Candidate[] {
  const places = new Map<string, number[]>();
  const entityPlaces = [...entityTokens]
    .map((index) => reading.tokens[index])
    .filter((token) => token !== undefined);
  for (const token of [...contentTokens(reading), ...entityPlaces]) {
    const key = vocabulary.keyOf(token.word);
    places.set(key, [...(places.get(key) ?? []), token.index]);
  }
  const found: Candidate[] = [];
  for (const phrase of beginningWith(vocabulary.loosePhrases, places)) {
    const indexes = nearestPlaces(phrase.words, places);
    const isWhole = indexes && (!isCut(reading, indexes, phrase) || isSplitBy(reading, vocabulary, indexes));
    if (!indexes || !isWhole || saysWhose(reading, vocabulary, indexes)) continue;
    if (isOneOfStates(reading, vocabulary, indexes)) continue;
    if (ranksRows(reading, vocabulary, indexes) || namesTheirs(reading, indexes)) continue;
    if (namesTwo(reading, vocabulary, indexes)) continue;
    if (isOfOther(reading, vocabulary, indexes, phrase)) continue;
    if (!isOfProperty(reading, vocabulary, indexes)) found.push({ indexes, phrase, inOrder: false });
  }
  return found;
}

/**
 * "Revenue from orders per category" is no revenue per order, and "number of open tickets of customers" no number of
 * customers: what stands right behind these words is what they count.
 */
function isOfOther(
  reading: Reading,
  { keyOf }: Vocabulary,
  indexes: readonly number[],
  { words }: Phrase,
): boolean {
  const content = contentTokens(reading);
  const nextOf = (index: number): Token | undefined => content.find((token) => token.index > index);
  const counted = indexes.find(
    (index) =>
      /^(?:number|amount|count)$/.test(reading.tokens[index]?.word ?? '') && isOf(reading, index + 1),
  );
  const noun = counted === undefined ? undefined : indexes.find((index) => index > counted);
  // "Number of ticket survey responses": a noun right before it only says of which.
  const isBehindOther =
    counted !== undefined &&
    noun !== undefined &&
    reading.tokens.slice(counted + 2, noun).some(({ lower }) => /^(?:of|from|for|by|at|with)$/.test(lower));
  if (isBehindOther && words.some((word) => word.startsWith('@'))) return true;
  const unit = words[words.indexOf('per') + 1];
  if (!words.includes('per') || unit === undefined) return false;
  const per = indexes.find((index) => reading.tokens[index]?.word === 'per');
  const next = per === undefined ? undefined : nextOf(per);
  return next !== undefined && keyOf(next.word) !== unit;
}

const isOf = ({ tokens }: Reading, index: number): boolean => tokens[index]?.lower === 'of';

/**
 * "Response rate per campaign" is that of campaigns, split by them: nothing else is called so. "Workload by engineer" is
 * a workload, and "deals per rep" are deals.
 */
function isSplitBy(reading: Reading, { phrases, keyOf }: Vocabulary, indexes: readonly number[]): boolean {
  const last = indexes.at(-1) ?? 0;
  const rest = indexes.slice(0, -1);
  const marker = [1, 2, 3].map((back) => last - back).find((at) => isGroupWord(reading.tokens[at]));
  const noun = reading.tokens[last];
  if (!noun || marker === undefined || !keyOf(noun.word).startsWith('@') || rest.length < 2) return false;
  const between = reading.tokens.slice(marker + 1, last).every(isSkippable);
  const words = rest.map((index) => keyOf(reading.tokens[index]?.word ?? ''));
  const isAdjacent = width(rest) === rest.length - 1;
  // What follows may make a property of it: "by campaign kind".
  const next = reading.tokens[last + 1];
  const isProperty = next !== undefined && phrases.has(`${keyOf(noun.word)} ${keyOf(next.word)}`);
  return between && isAdjacent && !isProperty && (rest.at(-1) ?? 0) < marker && !phrases.has(words.join(' '));
}

const isGroupWord = (token: Token | undefined): boolean =>
  token !== undefined && /^(?:by|per|each|every|across)$/.test(token.word);

const isMetricName = (phrases: Vocabulary['phrases'], keys: readonly string[]): boolean =>
  phrases.get(keys.join(' '))?.meanings.some(({ kind }) => kind === 'metric') === true;

/** "New and working leads" are in one state or the other, where "opened and solved tickets" are two figures. */
function isOneOfStates(
  { tokens }: Reading,
  { phrases, loosePhrases, keyOf }: Vocabulary,
  [first = 0, last = 0, another]: readonly number[],
): boolean {
  const [joint, other, noun] = [tokens[first + 1], tokens[first + 2], tokens[last]];
  if (another !== undefined || last !== first + 3 || !other || !noun) return false;
  if (!/^(?:and|or)$/.test(joint?.word ?? '') || !keyOf(noun.word).startsWith('@')) return false;
  const words = [keyOf(other.word), keyOf(noun.word)];
  const isFigure = (said: readonly string[]): boolean => isMetricName(phrases, said);
  const isLoose = loosePhrases.some(
    (phrase) => phrase.words.length === 2 && words.every((word) => phrase.words.includes(word)),
  );
  return !isFigure(words) && !isFigure(words.toReversed()) && !isLoose;
}

/** "workload by engineer" is no "engineer workload", and "tickets except closed" are no "closed tickets". */
function isCut(reading: Reading, indexes: readonly number[], phrase: Phrase): boolean {
  const first = indexes[0] ?? 0;
  const last = indexes.at(-1) ?? 0;
  // "top 3 campaigns by response rate" ranks by the campaigns' response rate.
  const isOfRows = phrase.words.some((word) => word.startsWith('@'));
  const isRanked =
    isOfRows &&
    reading.tokens
      .slice(Math.max(0, first - 2), first)
      .some((token) => token.word === 'top' || token.word === 'bottom');
  // "Slowest agents on resolution" ranks agents; "slowest resolution" is a figure.
  const isApart = reading.tokens
    .slice(first, last)
    .some(({ word, index }) => !indexes.includes(index) && !fillerWords.has(word));
  if (isApart && phrase.words.some(isRankingWord)) return true;
  const [noun, verb] = [reading.tokens[first], reading.tokens[last]];
  if (noun && verb && noun.lower !== noun.word && isDoer(reading, noun, verb)) return true;
  if (indexes.length > 1 && indexes.some((index) => index > first && isCountAtEnd(reading, index)))
    return true;
  if (
    reading.tokens.some(
      ({ kind, index }) => kind === 'comma' && index > first && index < last && isGroupBefore(reading, index),
    )
  )
    return true;
  if (isListed(reading, indexes) || isCountedRanking(reading, first)) return true;
  if (saysOnly(reading, first, last)) return true;
  if (reading.tokens.slice(first + 1, last).some((token) => asksAgain(reading, token, first))) return true;
  return reading.tokens
    .slice(first, last)
    .some(
      (token) =>
        !indexes.includes(token.index) &&
        reading.tokens[token.index - 1]?.lower !== 'did' &&
        !(isRanked && token.word === 'by') &&
        /^(?:by|per|each|every|across|with|not|except|excluding|without|non|no|never)$/.test(token.word),
    );
}

/** "By sales in October, dollar orders only": records behind the comma say of which rows, where "only open ones" is a state. */
const saysOnly = ({ tokens }: Reading, first: number, last: number): boolean => {
  const noun = tokens[last];
  if (noun === undefined || noun.lower === noun.word) return false;
  const comma = tokens.slice(first, last).findLast(({ kind }) => kind === 'comma');
  const marks = comma === undefined ? [] : [tokens[comma.index + 1], tokens[last + 1]];
  return marks.some((token) => /^(?:only|just)$/.test(token?.lower ?? ''));
};

/** "Number, channel, product" are three things: nothing is called by the first and the last of them. */
function isListed({ tokens }: Reading, indexes: readonly number[]): boolean {
  return indexes.some((index, place) => {
    const next = indexes[place + 1] ?? index;
    const gap = tokens.slice(index + 1, next);
    return gap.length > 1 && gap.at(0)?.kind === 'comma' && gap.at(-1)?.kind === 'comma';
  });
}

/** "How many tickets, how many breached", "… in May, and what was the score": a second question begins. */
function asksAgain({ tokens }: Reading, { word, index }: Token, noun: number): boolean {
  const before = tokens[index - 1];
  // "How many customers did we win and how many did we lose": the noun is that of both.
  if (word === 'how' && tokens[noun + 1] !== before) return false;
  const isNext = before !== undefined && (before.kind === 'comma' || /^(?:and|plus|but)$/.test(before.word));
  // "CSAT and number of responses": two figures, the second of which is counted.
  const isCounted = /^(?:number|count)$/.test(word) && tokens[index + 1]?.lower === 'of';
  return isNext && (isCounted || /^(?:how|what|which|who|when)$/.test(word));
}

/**
 * "leads in status new", "leads whose status is new" and "leads sitting at new" are no "new leads": the word belongs to the
 * property that is named right before it.
 */
function isOfProperty(reading: Reading, vocabulary: Vocabulary, indexes: readonly number[]): boolean {
  const last = indexes.at(-1) ?? 0;
  const is = /^(?:is|are|was|were|equals)$/.test(reading.tokens[last - 1]?.lower ?? '') ? 1 : 0;
  const before = reading.tokens[last - 1 - is];
  if (!before || indexes.includes(before.index)) return false;
  const meanings = vocabulary.phrases.get(vocabulary.keyOf(before.word))?.meanings ?? [];
  const word = reading.tokens[last]?.word ?? '';
  const isNew = vocabulary.phrases.get(word)?.meanings.some((one) => one.kind === 'value');
  const isState = /^(?:at|in|on|as|into)$/.test(before.word) || (before.word === 'still' && word === 'new');
  if (isNew === true && isState) return true;
  return isNew === true && meanings.length > 0 && meanings.every((one) => one.kind === 'dimension');
}

/** "Deals created this month and their amount": what is asked of them besides is no part of their own name. */
function namesTheirs({ tokens }: Reading, indexes: readonly number[]): boolean {
  const [first = 0] = indexes;
  const last = indexes.at(-1) ?? first;
  return tokens.some(
    ({ word, lower, index }) =>
      index > first &&
      index + 1 < last &&
      word === 'and' &&
      /^(?:their|its)$/.test(tokens[index + 1]?.lower ?? '') &&
      lower === 'and',
  );
}

/** "Campaign cost and converted leads": two figures, each with a name of its own, are no third one. */
function namesTwo({ tokens }: Reading, { phrases, keyOf }: Vocabulary, indexes: readonly number[]): boolean {
  const [first = 0] = indexes;
  const last = indexes.at(-1) ?? first;
  // "Cost and responses" are no cost per response.
  if (indexes.length === 2 && tokens[first + 1]?.word === 'and' && last === first + 2) return true;
  const isFigure = (from: number, to: number): boolean => {
    const part = tokens.slice(Math.max(0, from), to);
    return (
      part.length > 1 &&
      isMetricName(
        phrases,
        part.map(({ word }) => keyOf(word)),
      )
    );
  };
  // "CAC and payback": all of it, on either side, is the name of a figure.
  const isName = (from: number, to: number): boolean =>
    isMetricName(
      phrases,
      tokens.slice(from, to).map(({ word }) => keyOf(word)),
    );
  return tokens.some(
    ({ word, index: at }) =>
      word === 'and' &&
      at > first &&
      at < last &&
      ((isName(first, at) && isName(at + 1, last + 1)) ||
        ([2, 3].some((length) => isFigure(at - length, at)) &&
          [2, 3].some((length) => isFigure(at + 1, at + 1 + length)))),
  );
}
