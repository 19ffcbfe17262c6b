import { pastForms } from './canonical.ts';
import { fillerWords } from './filler-words.ts';
import type { Reading } from './reading.ts';
import { isRankingWord } from './slots/ranking.ts';
import { smallNumbers } from './small-numbers.ts';
import type { Token } from './token.ts';
import { isSkippable, type Meaning, type Phrase, type Vocabulary, wordsOf } from './vocabulary.ts';

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
interface Place {
  readonly from: number;
  readonly to: number;
}

/** "Last 3 full months" is a time, though "full month" is a word of the catalogue: the longer reading wins. */
const isWithin = (indexes: readonly number[], places: readonly Place[]): boolean =>
  places.some(
    ({ from, to }) => to - from > indexes.length && indexes.every((index) => index >= from && index < to),
  );

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

interface Candidate {
  readonly indexes: readonly number[];
  readonly phrase: Phrase;
  readonly inOrder: boolean;
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

function contentTokens(reading: Reading): readonly Token[] {
  return reading.tokens.filter(
    (token) =>
      reading.isFree(token.index) && token.kind !== 'quoted' && token.kind !== 'comma' && !isSkippable(token),
  );
}

function inOrder(reading: Reading, vocabulary: Vocabulary): readonly Candidate[] {
  const tokens = contentTokens(reading);
  const found: Candidate[] = [];
  for (let start = 0; start < tokens.length; start += 1) {
    const keys: string[] = [];
    for (let end = start; end < Math.min(tokens.length, start + vocabulary.longest); end += 1) {
      const token = tokens[end];
      if (!token || (end > start && isBroken(reading, tokens[end - 1], token))) break;
      keys.push(vocabulary.keyOf(token.word));
      const phrase = vocabulary.phrases.get(keys.join(' '));
      if (!phrase || isApart(reading, tokens.slice(start, end + 1), phrase)) continue;
      const indexes = tokens.slice(start, end + 1).map((one) => one.index);
      const isPart = saysWhose(reading, vocabulary, indexes) || isCountedRanking(reading, indexes[0] ?? 0);
      if (!isPart) found.push({ indexes, phrase, inOrder: true });
    }
  }
  return found;
}

/** "Incidents at my accounts": whose they are is no part of a figure's name. */
function saysWhose(reading: Reading, { keyOf }: Vocabulary, indexes: readonly number[]): boolean {
  const [first = 0] = indexes;
  return indexes.some(
    (index) =>
      index > first &&
      reading.tokens[index - 1]?.word === 'my' &&
      keyOf(reading.tokens[index]?.word ?? '') === '@account',
  );
}

/** "deals in stage negotiation" are no "deal stage": records stand before what is said of them. */
function isApart(reading: Reading, tokens: readonly Token[], phrase: Phrase): boolean {
  const [first, second] = tokens;
  if (!first || !second || !phrase.words[0]?.startsWith('@') || first.lower === first.word) return false;
  if (isDoer(reading, first, second)) return true;
  if (phrase.meanings.some((one) => one.kind === 'metric' || one.kind === 'entity')) return false;
  return reading.tokens
    .slice(first.index + 1, second.index)
    .some(({ word }) => /^(?:in|with|at|on|of|that|which|are|is)$/.test(word));
}

/** "did each of my accounts open": what they did, not that they were opened. */
const isDoer = (reading: Reading, noun: Token, verb: Token): boolean =>
  verb.index > noun.index &&
  Object.hasOwn(pastForms, verb.lower) &&
  reading.tokens.slice(Math.max(0, noun.index - 6), noun.index).some(({ lower }) => lower === 'did');

/** A quoted name, "and" or a word taken by another rule ends a phrase. */
function isBroken(reading: Reading, left: Token | undefined, right: Token): boolean {
  // "Umbra deals: stage, amount": what is behind a colon is asked of what is before it.
  if (left !== undefined && /[:;]| - /.test(reading.text.slice(left.end, right.start))) return true;
  for (let index = (left?.index ?? right.index) + 1; index < right.index; index += 1) {
    const between = reading.tokens[index];
    if (!between || between.kind === 'quoted' || between.word === 'and') return true;
    // "how old are my open deals": whose they are does not break the figure's name.
    if (!reading.isFree(index) && between.word !== 'my') return true;
  }
  return false;
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
  for (const phrase of vocabulary.loosePhrases) {
    const indexes = nearestPlaces(phrase.words, places);
    const isWhole = indexes && (!isCut(reading, indexes, phrase) || isSplitBy(reading, vocabulary, indexes));
    if (!indexes || !isWhole || saysWhose(reading, vocabulary, indexes)) continue;
    if (!isOfProperty(reading, vocabulary, indexes)) found.push({ indexes, phrase, inOrder: false });
  }
  return found;
}

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
  const [noun, verb] = [reading.tokens[first], reading.tokens[last]];
  if (noun && verb && noun.lower !== noun.word && isDoer(reading, noun, verb)) return true;
  if (isListed(reading, indexes) || isCountedRanking(reading, first)) return true;
  if (reading.tokens.slice(first + 1, last).some((token) => asksAgain(reading, token))) return true;
  return reading.tokens
    .slice(first, last)
    .some(
      (token) =>
        !indexes.includes(token.index) &&
        reading.tokens[token.index - 1]?.lower !== 'did' &&
        !(isRanked && token.word === 'by') &&
        /^(?:by|per|each|every|with|not|except|excluding|without|non|no|never)$/.test(token.word),
    );
}

/** "5 biggest deals won", "the three oldest open tickets": so many of them in that order, no figure of that name. */
function isCountedRanking({ tokens }: Reading, first: number): boolean {
  const number = tokens[first - 1];
  if (!isRankingWord(tokens[first]?.word ?? '') || number === undefined) return false;
  return (
    (number.kind === 'number' && /^\d{1,2}$/.test(number.text)) || smallNumbers[number.word] !== undefined
  );
}

/** "Number, channel, product" are three things: nothing is called by the first and the last of them. */
function isListed({ tokens }: Reading, indexes: readonly number[]): boolean {
  return indexes.some((index, place) => {
    const next = indexes[place + 1] ?? index;
    const gap = tokens.slice(index + 1, next);
    return gap.length > 1 && gap.at(0)?.kind === 'comma' && gap.at(-1)?.kind === 'comma';
  });
}

/** "How many tickets, how many breached", "… in May, and what was the score": a second question begins. */
function asksAgain({ tokens }: Reading, { word, index }: Token): boolean {
  const before = tokens[index - 1];
  const isNext = before !== undefined && (before.kind === 'comma' || /^(?:and|plus|but)$/.test(before.word));
  return isNext && /^(?:how|what|which|who|when)$/.test(word);
}

/** "leads in status new" and "leads sitting at new" are no "new leads": the word belongs to the property that is named right before it. */
function isOfProperty(reading: Reading, vocabulary: Vocabulary, indexes: readonly number[]): boolean {
  const last = indexes.at(-1) ?? 0;
  const before = reading.tokens[last - 1];
  if (!before || indexes.includes(last - 1)) return false;
  const meanings = vocabulary.phrases.get(vocabulary.keyOf(before.word))?.meanings ?? [];
  const word = reading.tokens[last]?.word ?? '';
  const isNew = vocabulary.phrases.get(word)?.meanings.some((one) => one.kind === 'value');
  const isState = /^(?:at|in|as|into)$/.test(before.word) || (before.word === 'still' && word === 'new');
  if (isNew === true && isState) return true;
  return isNew === true && meanings.length > 0 && meanings.every((one) => one.kind === 'dimension');
}

/** One token per word of the phrase, each as near to the first as possible. */
function nearestPlaces(
  words: readonly string[],
  places: ReadonlyMap<string, readonly number[]>,
): number[] | null {
  const options = words.map((word) => places.get(word) ?? []);
  const anchors = options[0] ?? [];
  let best: number[] | null = null;
  for (const anchor of anchors) {
    const used = new Set([anchor]);
    for (const choices of options.slice(1)) {
      const nearest = choices
        .filter((place) => !used.has(place))
        .sort((left, right) => Math.abs(left - anchor) - Math.abs(right - anchor))[0];
      if (nearest === undefined) return null;
      used.add(nearest);
    }
    const indexes = [...used].sort((left, right) => left - right);
    if (best === null || width(indexes) < width(best)) best = indexes;
  }
  return best;
}

const width = (indexes: readonly number[]): number => (indexes.at(-1) ?? 0) - (indexes[0] ?? 0);

function choose(
  reading: Reading,
  candidates: readonly Candidate[],
  entityTokens: Set<number>,
): readonly Span[] {
  const ranked = [...candidates].sort(
    (left, right) =>
      informative(right) - informative(left) ||
      right.phrase.words.length - left.phrase.words.length ||
      Number(right.inOrder) - Number(left.inOrder) ||
      width(left.indexes) - width(right.indexes),
  );
  const taken = new Set<number>();
  const isFree = (index: number): boolean => reading.isFree(index) && !taken.has(index);
  const spans: Span[] = [];
  for (const { indexes, phrase } of ranked) {
    const busy = indexes.filter((index) => !isFree(index));
    if (busy.length === indexes.length) continue;
    const isMetric = phrase.meanings.some((meaning) => meaning.kind === 'metric');
    const saysMore = indexes.some(
      (index) => isFree(index) && !fillerWords.has(reading.tokens[index]?.word ?? ''),
    );
    const mayShare = isMetric && saysMore && busy.every((index) => entityTokens.has(index));
    if (busy.length > 0 && !mayShare) continue;
    for (const index of indexes) {
      taken.add(index);
      const key = phrase.words.find((word) => word.startsWith('@') && phrase.words.length > 1);
      if (key !== undefined && isEntityToken(reading, index, phrase)) entityTokens.add(index);
    }
    spans.push(toSpan(reading, indexes, phrase, busy.length > 0));
  }
  for (const span of spans) reading.take('vocabulary', span.indexes, describe(span));
  return spans.sort((left, right) => left.from - right.from);
}

/** Words of a phrase that are not fillers: "ARR at risk" tells more than "total ARR". */
const informative = ({ phrase }: Candidate): number =>
  phrase.words.filter((word) => !fillerWords.has(word) && !isRankingWord(word)).length;

function isEntityToken(reading: Reading, index: number, phrase: Phrase): boolean {
  const token = reading.tokens[index];
  return token !== undefined && !phrase.words.includes(token.word);
}

function toSpan(reading: Reading, indexes: readonly number[], phrase: Phrase, shared: boolean): Span {
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
  const meanings = withoutNamesakes(reading, indexes, phrase);
  if (having === undefined || having.size === 0) return meanings;
  const said = reading.tokens.slice(indexes[0] ?? 0, indexes.at(-1) ?? 0);
  const isWith = said.some(({ word }) => /^(?:with|have|has|had|having)$/.test(word));
  const fitting = meanings.filter((meaning) => having.has(meaning) === isWith);
  return fitting.length > 0 ? fitting : meanings;
}

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

function describe(span: Span): string {
  return span.meanings
    .map((meaning) =>
      meaning.kind === 'value'
        ? `value ${meaning.dimension} = ${meaning.value}`
        : `${meaning.kind} ${meaning.id}`,
    )
    .join(', or ');
}
