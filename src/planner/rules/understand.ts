import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { MetricPlan, TimeRange, TimeUnit } from '../../query/metric-query.ts';
import type { SeenNames } from '../../query/seen-names.ts';
import type { StoredValues } from '../../query/stored-values.ts';
import { columnOfMetric } from './compose/draft.ts';
import { writeOut } from './coordination.ts';
import { type Correction, correctSpelling } from './correct-spelling.ts';
import { type Edit, putMeaning, withEdits } from './edit.ts';
import { inEventForm } from './event-form.ts';
import { lengthWords, stateWords } from './length-words.ts';
import { findMeasuredSpans, findProtectedSpans, findSpans, findStoredSpans } from './match-vocabulary.ts';
import { withKinds } from './name-kinds.ts';
import { inPlainWords, withoutTalk } from './plain-speech.ts';
import { withRankedRows } from './ranked-rows.ts';
import { newReading, type Reading } from './reading.ts';
import { rememberedIn } from './remembered.ts';
import { type CalendarPart, readCalendarParts } from './slots/calendar-parts.ts';
import { readChart } from './slots/chart.ts';
import { readGrain } from './slots/grain.ts';
import { guessNames } from './slots/guess-names.ts';
import { type LengthFilter, readLengths } from './slots/lengths.ts';
import { type Measure, readMeasures } from './slots/measures.ts';
import { type NameMention, readFullNames, readNames } from './slots/names.ts';
import { type NumberFilter, readNumberFilters } from './slots/number-filters.ts';
import { type PastDate, readPastDate } from './slots/past-dates.ts';
import { isTrendWord, type QuestionKind, readQuestionKind } from './slots/question-kind.ts';
import {
  type Ranking,
  readOrderedFirst,
  readRanking,
  readRankingFigure,
  withRanked,
} from './slots/ranking.ts';
import { readStay, type Stay } from './slots/stays.ts';
import { readSubject } from './slots/subject.ts';
import { readTimeSlot, type TimeSlot } from './slots/time-slot.ts';
import type { Span } from './span.ts';
import { vocabularyWith } from './stored-vocabulary.ts';
import { civilDateIn, type Today } from './time/civil-date.ts';
import { findTimeMentions } from './time/read-time.ts';
import { tidy, tokenise } from './token.ts';
import { withoutTopicNouns } from './topic-nouns.ts';
import { withVia } from './via-words.ts';
import type { Vocabulary } from './vocabulary.ts';
import { withWise } from './wise-words.ts';
import { withRates } from './with-rates.ts';

/** A question taken apart: every slot that was found and the words that are left. */
export interface Understanding {
  readonly reading: Reading;
  readonly corrections: readonly Correction[];
  readonly kind: QuestionKind;
  readonly subject: MetricPlan['subject'];
  /** Token of the noun in "my accounts", "my team's customers", of "book" in "my book". */
  readonly accountsAt: number | null;
  readonly time: TimeSlot;
  readonly grain: TimeUnit | null;
  /** Its last token, where other things may be joined to it: "per month and channel". */
  readonly grainAt: number | null;
  readonly numbers: readonly NumberFilter[];
  readonly lengths: readonly LengthFilter[];
  readonly stay: Stay | null;
  readonly ranking: Ranking | null;
  /** The kind of chart that was asked for. */
  readonly chart: MetricPlan['chart'] | null;
  /** "Count and amount": figures of the same rows, in the order they were asked for; null when not asked. */
  readonly measures: readonly Measure[] | null;
  readonly past: PastDate | null;
  /** Weekdays and hours of the day on which rows are meant. */
  readonly calendar: readonly CalendarPart[];
  readonly spans: readonly Span[];
  readonly names: readonly NameMention[];
  readonly today: Today;
  /** What is stored in the few-valued columns. */
  readonly stored?: StoredValues | undefined;
}

export interface UnderstandOptions {
  /** Values that are words of the question's world as well. */
  readonly stored?: StoredValues | undefined;
  /** Names that the asker may see, which tell what a name in the question is one of. */
  readonly names?: SeenNames | undefined;
  /** Unknown words in lower case may be names, wherever they stand. */
  readonly guesses?: boolean;
  /** First month of the company's year, 1-12. */
  readonly fiscalStartMonth?: number | undefined;
  /** Another reading of some of its words. */
  readonly edits?: readonly Edit[];
  /** Hears the words in a narrower sense: those of a follow-up are of the rows before it. */
  readonly hear?: (vocabulary: Vocabulary) => Vocabulary;
}

interface Asked {
  readonly question: string;
  readonly catalogue: Catalogue;
  readonly now: Date;
  readonly zone: string;
  readonly options: UnderstandOptions;
}

const takenApart = rememberedIn(takeApart, {
  worldOf: ({ catalogue, now, zone, options: { stored, names, fiscalStartMonth } }: Asked) => [
    catalogue,
    stored,
    names,
    now.getTime(),
    zone,
    fiscalStartMonth,
  ],
  textOf: ({ question, options: { guesses = false, edits = [] } }) =>
    JSON.stringify([question, guesses, edits]),
});

/** Reads the slots in a fixed order: what a rule takes, later rules no longer see. */
export function understand(
  question: string,
  catalogue: Catalogue,
  now: Date,
  zone: string,
  options: UnderstandOptions = {},
): Understanding {
  const asked = { question, catalogue, now, zone, options };
  return options.hear === undefined ? takenApart(asked) : takeApart(asked);
}

function takeApart({ question, catalogue, now, zone, options }: Asked): Understanding {
  const { stored, names: seen, guesses = false, fiscalStartMonth = 1, edits = [], hear } = options;
  const all = vocabularyWith(catalogue, stored);
  const vocabulary = hear?.(all) ?? all;
  const today: Today = { ...civilDateIn(zone, now), fiscalStartMonth };
  const spoken = withRankedRows(inPlainWords(tidy(question)), vocabulary, catalogue);
  const text = withWise(withoutTalk(spoken, vocabulary), vocabulary);
  const { tokens, corrections } = correctSpelling(tokenise(text), vocabulary.words, vocabulary.storedWords);
  const plain = withVia(withRates(inEventForm(tokens), vocabulary), vocabulary, catalogue);
  // Another reading of words counts their places in what stands there by itself.
  const full = withEdits(plain, edits.length > 0 ? edits : writeOut(plain, catalogue, vocabulary, stored));
  const reading = newReading(text, full);
  for (const { typed, read } of corrections) reading.note('spelling', `“${typed}” read as “${read}”`);
  const entityTokens = new Set<number>();
  const put = findPutSpans(reading);
  const chart = readChart(reading);
  const kind = readQuestionKind(reading, (word) => vocabulary.keyOf(word).startsWith('@'));
  const { subject, accountsAt } = readSubject(reading, (word) => vocabulary.keyOf(word) === '@account');
  const measures = readMeasures(reading);
  const taken = readLengths(reading, lengthWords(catalogue, vocabulary));
  const stay = readStay(reading, stateWords(catalogue, vocabulary));
  const calendar = readCalendarParts(reading);
  const mentions = findTimeMentions(reading, today);
  const protectedSpans = findProtectedSpans(reading, vocabulary, mentions);
  const values = findStoredSpans(reading, vocabulary, mentions);
  const fullNames = readFullNames(reading, vocabulary);
  const numbers = readNumberFilters(reading);
  const orderedFirst = readOrderedFirst(reading);
  const past = readPastDate(reading);
  const saidGrain = readGrain(reading);
  const { time, lengths } = withStays(readTimeSlot(reading, today), taken, stay);
  const grain = saidGrain?.unit ?? time.grain ?? null;
  const measured = findMeasuredSpans(
    reading,
    vocabulary,
    numbers,
    // "accounts with health below 50": a figure's own column, but only beside the rows that are asked for.
    (meaning, words) => {
      if (meaning.kind === 'dimension') return catalogue.dimensions.get(meaning.id)?.type === 'number';
      const twin = meaning.kind === 'metric' ? columnOfMetric(catalogue, meaning.id) : null;
      return (
        twin !== null && reading.tokens.some((token) => namesOtherRows(vocabulary.keyOf(token.word), words))
      );
    },
  );
  const several = findSpans(reading, vocabulary, entityTokens, { fewestWords: 2 });
  const ordered = orderedFirst === null ? readRanking(reading) : withRanked(reading, orderedFirst);
  const single = findSpans(reading, vocabulary, entityTokens, { fewestWords: 1 });
  takeOrders(reading, [...values, ...protectedSpans, ...several, ...single]);
  const isCustomer = (word: string): boolean => vocabulary.keyOf(word) === '@account';
  const placed = readNames(reading, isCustomer, (word) => vocabulary.keyOf(word).startsWith('@'), guesses);
  const mayGuess = guesses && !placed.some((name) => name.isGuess);
  const names = [...fullNames, ...placed, ...(mayGuess ? guessNames(reading, vocabulary) : [])]
    .map((name) => withKinds(name, seen))
    .sort((left, right) => left.from - right.from);
  const found = withoutTrend([...put, ...values, ...protectedSpans, ...measured, ...several, ...single]).sort(
    (left, right) => left.from - right.from,
  );
  const spans = withoutTopicNouns(reading, catalogue, found);
  const named =
    ordered === null || ordered.isEnd
      ? readRankingFigure(reading, spans, (id) => isExtreme(catalogue, id))
      : null;
  const ranking = named ? { ...named, n: ordered?.n ?? named.n } : ordered;
  return {
    reading,
    corrections,
    kind,
    chart,
    subject,
    accountsAt,
    time,
    grain,
    grainAt: saidGrain?.at ?? null,
    numbers,
    lengths,
    stay,
    ranking,
    measures,
    past,
    calendar,
    spans,
    names,
    today,
    stored,
  };
}

/** The lowest or highest of some values, which a figure may be called by itself. */
function isExtreme({ metrics }: Catalogue, id: string): boolean {
  const metric = metrics.get(id);
  return metric?.type === 'simple' && /^(?:max|min)$/.test(metric.measure.aggregate);
}

/** "The CSAT trend": beside a figure or records the word asks for their course, and not for what was found to be one. */
function withoutTrend(spans: readonly Span[]): Span[] {
  const isCourse = (span: Span): boolean => span.words.split(' ').every(isTrendWord);
  const isNamed = spans.some(
    (span) => !isCourse(span) && span.meanings.some(({ kind }) => kind === 'metric' || kind === 'entity'),
  );
  return spans.filter((span) => !isNamed || !isCourse(span));
}

/**
 * "Longer than 20 minutes this month": of two ranges an age beside a period is how long something went on. Who is still in
 * the state that it began in is as old as that.
 */
function withStays(
  slot: TimeSlot,
  lengths: readonly LengthFilter[],
  stay: Stay | null,
): { readonly time: TimeSlot; readonly lengths: readonly LengthFilter[] } {
  const { age, ...time } = slot;
  const all = age === undefined ? lengths : [...lengths, age];
  if (stay === null || !stay.isFirst || time.range !== null) return { time, lengths: all };
  const isLong = stay.op === 'gt' || stay.op === 'gte';
  const range: TimeRange = isLong
    ? { kind: 'older', unit: stay.unit, n: stay.n }
    : { kind: 'relative', unit: stay.unit, n: stay.n, completeOnly: false };
  return { time: { ...time, range, isAge: true }, lengths: all };
}

const onwards = /^(?:worse|higher|above|upwards|better|lower|below)$/;

/** "Medium or higher": what goes beyond a value is no name. */
function takeOrders(reading: Reading, spans: readonly Span[]): void {
  for (const span of spans) {
    if (!span.meanings.some(({ kind }) => kind === 'value')) continue;
    for (const at of [span.to, span.to + 1, span.to + 2])
      if (
        /^(?:or|and)$/.test(reading.tokens[at]?.word ?? '') &&
        onwards.test(reading.tokens[at + 1]?.lower ?? '')
      )
        if (reading.isFree(at + 1)) reading.take('order of values', [at + 1], 'and what is beyond');
  }
}

/** What an edit put in place of words is a phrase by itself. */
function findPutSpans(reading: Reading): readonly Span[] {
  return reading.tokens.flatMap((token): Span[] => {
    const meaning = putMeaning(token);
    if (meaning === null) return [];
    const { index } = token;
    reading.take('another reading', [index], token.text);
    return [
      { indexes: [index], from: index, to: index + 1, words: token.text, meanings: [meaning], shared: false },
    ];
  });
}

const namesOtherRows = (key: string, words: readonly string[]): boolean =>
  key.startsWith('@') && !words.includes(key);
