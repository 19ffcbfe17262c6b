import type { MetricPlan, TimeRange, TimeUnit } from '../../../query/metric-query.ts';
import type { Reading } from '../reading.ts';
import { addDays, addMonths, type CivilDate, daysInMonth, isoDay, type Today } from '../time/civil-date.ts';
import { findTimeMentions, type TimeMention, takeMention } from '../time/read-time.ts';
import { secondsPer } from '../time/seconds-per.ts';
import type { LengthFilter } from './lengths.ts';
import { comparingTalk, wordsOfPair } from './time-pair.ts';
import {
  alone,
  areSameMonth,
  calendarRelation,
  inCalendar,
  isOverSeveral,
  offsetOf,
  parts,
  relation,
  relationOfNames,
} from './time-relation.ts';

export interface TimeSlot {
  readonly range: TimeRange | null;
  /** What the same words mean of dates that may lie ahead: "in December" is the coming one. */
  readonly coming?: TimeRange | null;
  /** Two readings of one date; the reader is asked. */
  readonly either: readonly { readonly label: string; readonly range: TimeRange }[] | null;
  readonly compare: MetricPlan['compare'];
  /** The question speaks of the present moment. */
  readonly isNow: boolean;
  /** Ranges that no rule could combine, in the asker's words. */
  readonly conflict: string | null;
  /** First token of the range. */
  readonly at: number | null;
  /** "older than 7 days": the age of rows that are meant as they stand now. */
  readonly isAge?: boolean;
  /** An age beside another range, as a length: "longer than 20 minutes this month". */
  readonly age?: LengthFilter;
  /** "for more than 7 days": of a state, how long they have been in it. */
  readonly isStay?: boolean;
  /** "As of the end of October", "three weeks ago": how something stood on that day. */
  readonly isAsOf?: boolean;
  /** "September versus November", "September, October and November": the course that holds them, by this unit. */
  readonly grain?: TimeUnit;
  /** "Than a month ago", "now versus 4 weeks ago": of a state, how it went since then. */
  readonly since?: TimeRange;
}

const connectors = new Set([
  'versus',
  'than',
  'compared',
  'against',
  'relative',
  'comparison',
  'compare',
  'from',
  'on',
]);

const glue = new Set([
  'to',
  'with',
  'the',
  'of',
  'in',
  'and',
  'it',
  'was',
  'were',
  'against',
  'what',
  'we',
  'had',
  'did',
  'that',
]);

/** Words of dates that may lie ahead. */
export const aheadWords =
  /^(?:closing|close|due|renewing|renew|renewal|expiring|expire|lapse|lapsing|will|expected|breach|breaching|upcoming|planned|scheduled|ending|end|task|todo|agenda)$/;

/** Said of what is still to come; "closed" and "was due" are not. */
export const speaksOfAhead = (reading: Reading): boolean =>
  !saysSince(reading) &&
  (namesComing(reading) || /\b(?:runs? out|running out|about to)\b/.test(reading.text.toLowerCase()));

/** What has been going on since a day began before today, whatever it is due for. */
const saysSince = ({ tokens }: Reading): boolean => tokens.some(({ lower }) => lower === 'since');

const namesComing = (reading: Reading): boolean =>
  reading.tokens.some(
    ({ word, lower }, index) =>
      aheadWords.test(word) &&
      lower !== 'breaches' &&
      !(lower === 'breach' && nounBefore.test(reading.tokens[index - 1]?.word ?? '')) &&
      !(word === 'end' && /^(?:of|the|month|quarter|year|week|by|until|since)$/.test(around(reading, index))),
  );

/** "An SLA breach in September" has happened; what "will breach" has not. */
const nounBefore = /^(?:sla|a|an|the|any|no|each|every|of|response|resolution|first|one)$/;

const around = (reading: Reading, index: number): string =>
  reading.tokens[index + 1]?.word ?? reading.tokens[index - 1]?.word ?? '';

/** The same words read of what is to come. */
function readAhead(reading: Reading, today: Today, { from, to }: TimeMention): TimeRange | null {
  if (saysSince(reading)) return null;
  const same = findTimeMentions(reading, { ...today, isAhead: true }).find(
    (one) => one.from === from && one.to === to,
  );
  return same?.meaning.kind === 'range' ? same.meaning.range : null;
}

/** Reads the range a question speaks of and what it is compared with. */
export function readTimeSlot(reading: Reading, today: Today): TimeSlot {
  const mentions = findTimeMentions(reading, { ...today, isAhead: speaksOfAhead(reading) });
  const ahead = (at: TimeMention): TimeRange | null => readAhead(reading, today, at);
  const compared = readComparison(reading, mentions, today);
  if (compared) return compared;
  const ranges = mentions.filter(isRange);
  const empty: TimeSlot = {
    range: null,
    either: null,
    compare: 'none',
    isNow: false,
    conflict: null,
    at: null,
  };
  let slot = empty;
  for (const mention of mentions) {
    if (mention.meaning.kind === 'now') {
      takeMention(reading, mention, 'as of now');
      slot = { ...slot, isNow: true };
    }
    if (mention.meaning.kind === 'comparison') {
      takeMention(reading, mention, `compared with: ${mention.meaning.to}`);
      const unit = mention.meaning.unit;
      const implied: TimeRange | null =
        ranges.length === 0 && unit !== undefined
          ? { kind: 'relative', unit, n: 1, completeOnly: true }
          : slot.range;
      const [only, more] = ranges;
      const course =
        only?.meaning.kind === 'range' &&
        !more &&
        unit !== undefined &&
        isOverSeveral(only.meaning.range, unit);
      slot = course ? { ...slot, grain: unit } : { ...slot, compare: mention.meaning.to, range: implied };
    }
  }
  const [first, ...others] = ranges;
  if (first === undefined) return standingThen(reading, mentions, today) ?? slot;
  const coming = ahead(first);
  const pair = others.length === 1 ? ageAmong(ranges) : null;
  if (pair !== null) {
    takeMention(reading, pair.mention, `longer than ${pair.age.seconds} seconds`);
    return { ...slot, ...takeRange(reading, pair.other), age: pair.age, coming: ahead(pair.other) };
  }
  if (others.length > 0 && !areSaidAgain(ranges))
    return { ...slot, conflict: ranges.map((mention) => mention.words).join(' and ') };
  // "Last winter, December through February": the same days once more.
  for (const again of others) takeMention(reading, again, 'said again');
  const isAge = first.rule === 'older than n units';
  const isStay = isAge && /^(?:(?:are|is|been|were) )?(?:for|longer) /.test(first.words);
  const isAsOf = first.rule.startsWith('as of');
  return { ...slot, ...takeRange(reading, first), isAge, isStay, isAsOf, coming };
}

/** Ranges of named days that are one and the same. */
const areSaidAgain = (ranges: readonly TimeMention[]): boolean =>
  new Set(ranges.map(({ meaning }) => (meaning.kind === 'range' ? JSON.stringify(meaning.range) : '')))
    .size === 1 && ranges.every(({ meaning }) => meaning.kind === 'range');

/** "Three weeks ago" that nothing is compared with: how something stood on that day. */
function standingThen(reading: Reading, mentions: readonly TimeMention[], today: Today): TimeSlot | null {
  const [only, another] = mentions;
  const ago = only?.meaning.kind === 'reference' ? only.meaning.ago : undefined;
  if (!only || another || ago === undefined || !/^(?:week|month)$/.test(ago.unit)) return null;
  const day = isoDay(ago.unit === 'week' ? addDays(today, -7 * ago.n) : sameDay(today, -ago.n));
  const range: TimeRange = { kind: 'between', from: day, to: day };
  takeMention(reading, only, JSON.stringify(range));
  return { range, either: null, compare: 'none', isNow: false, conflict: null, at: only.from, isAsOf: true };
}

/** The same day of another month; the last one, where it has none so late. */
function sameDay(today: Today, months: number): CivilDate {
  const first = addMonths({ ...today, day: 1 }, months);
  return { ...first, day: Math.min(today.day, daysInMonth(first.year, first.month)) };
}

function takeRange(
  reading: Reading,
  mention: TimeMention,
): Pick<TimeSlot, 'range' | 'either' | 'at' | 'grain'> {
  if (mention.meaning.kind === 'either') {
    takeMention(reading, mention, 'one of two days');
    return { range: null, either: mention.meaning.options, at: mention.from };
  }
  const found = mention.meaning.kind === 'range' ? mention.meaning.range : null;
  takeMention(reading, mention, JSON.stringify(found));
  const grain = mention.meaning.kind === 'range' ? mention.meaning.grain : undefined;
  return { range: found, either: null, at: mention.from, ...(grain && { grain }) };
}

/** Of two ranges the one that is a length, where only one is. */
function ageAmong(
  ranges: readonly TimeMention[],
): { readonly age: LengthFilter; readonly mention: TimeMention; readonly other: TimeMention } | null {
  const lengths = ranges.flatMap((mention) => {
    const seconds = mention.rule === 'older than n units' ? lengthOfAge(mention) : null;
    return seconds === null ? [] : [{ mention, seconds }];
  });
  const [only, another] = lengths;
  const other = ranges.find((mention) => mention !== only?.mention);
  if (!only || another || !other) return null;
  const { from, to, words } = only.mention;
  return {
    age: { op: 'gt', seconds: only.seconds, end: null, words, from, to },
    mention: only.mention,
    other,
  };
}

function lengthOfAge({ meaning }: TimeMention): number | null {
  if (meaning.kind !== 'range' || meaning.range.kind !== 'older') return null;
  const { unit, n } = meaning.range;
  const isCalendar = unit === 'month' || unit === 'quarter' || unit === 'year';
  return isCalendar ? null : n * secondsPer[unit];
}

const isRange = (mention: TimeMention): boolean =>
  mention.meaning.kind === 'range' || mention.meaning.kind === 'either';

/** "A versus B", "compared to last month", "more than a year ago". */
function readComparison(reading: Reading, mentions: readonly TimeMention[], today: Today): TimeSlot | null {
  for (const mention of mentions) {
    const words = connectorBefore(reading, mention) ?? nowAndThen(reading, mentions, mention);
    if (words === null) continue;
    const others = mentions.filter((other) => other !== mention && isRange(other));
    if (others.length > 1) return null;
    const slot = takeCompared(reading, mentions, others[0], mention, words, today);
    if (slot !== null) return slot;
  }
  return readPair(reading, mentions, today);
}

/** "This month and last month", "between them": no word that connects, and nothing but them. */
function readPair(reading: Reading, mentions: readonly TimeMention[], today: Today): TimeSlot | null {
  const periods = mentions.filter(
    (one) => isRange(one) || (one.meaning.kind === 'reference' && one.meaning.ago === undefined),
  );
  const [first, second, third] = periods;
  if (first === undefined || second === undefined || third !== undefined || !periods.some(isRange))
    return null;
  const [left, right] = isRange(first) ? [first, second] : [second, first];
  const words = wordsOfPair(reading, left, right);
  return words && takeCompared(reading, mentions, left, right, words, today);
}

function takeCompared(
  reading: Reading,
  mentions: readonly TimeMention[],
  left: TimeMention | undefined,
  mention: TimeMention,
  words: readonly number[],
  today: Today,
): TimeSlot | null {
  const combined = combine(left?.meaning, mention.meaning, today);
  if (combined === null) return null;
  reading.take('time: compared with', [...new Set([...words, ...comparingTalk(reading)])], combined.compare);
  takeMention(reading, mention, combined.compare);
  if (left) takeMention(reading, left, JSON.stringify(combined.range));
  for (const other of mentions)
    if (other.meaning.kind === 'now' || other.meaning.kind === 'comparison')
      takeMention(reading, other, 'with the comparison');
  return {
    range: combined.range,
    either: null,
    compare: combined.compare,
    isNow: false,
    conflict: null,
    at: left?.from ?? mention.from,
    ...(combined.grain && { grain: combined.grain }),
    ...(combined.since && { since: combined.since }),
  };
}

/** Indexes from a connecting word up to the mention, or null when there is none. */
function connectorBefore(reading: Reading, mention: TimeMention): readonly number[] | null {
  const passed: number[] = [];
  for (let index = mention.from - 1; index >= 0; index -= 1) {
    const token = reading.tokens[index];
    if (token === undefined || !reading.isFree(index)) return null;
    passed.push(index);
    // "from" and "on" alone connect only with a change: "up from last month".
    if (token.word === 'from' || token.word === 'on') {
      const before = reading.tokens[index - 1]?.word ?? '';
      if (/^(?:up|down|change|changed|increase|decrease|growth|grown|improved|worse|better)$/.test(before))
        return passed;
      return null;
    }
    // "compare this quarter to last quarter"
    const isCompared =
      /^(?:to|with|and)$/.test(token.word) &&
      reading.tokens.some((one) => /^compar/.test(one.word) && one.index < index);
    if (isCompared) {
      const verb = reading.tokens.find((one) => /^compar/.test(one.word));
      return verb && reading.isFree(verb.index) ? [...passed, verb.index] : passed;
    }
    if (connectors.has(token.word)) return withCompared(reading, passed);
    if (!glue.has(token.word) && token.kind !== 'comma') return null;
  }
  return null;
}

/** "Right now, and four weeks ago": two moments, with no word that compares them. */
function nowAndThen(
  reading: Reading,
  mentions: readonly TimeMention[],
  { meaning, from }: TimeMention,
): readonly number[] | null {
  if (meaning.kind !== 'reference' || meaning.ago === undefined) return null;
  const now = mentions.find((one) => one.to <= from && one.meaning.kind === 'now');
  const between = now && reading.tokens.slice(now.to, from);
  const isJoined =
    between?.some(({ word }) => word === 'and') === true &&
    between.every(({ word, kind }) => kind === 'comma' || glue.has(word));
  return isJoined ? between.map(({ index }) => index) : null;
}

function withCompared(reading: Reading, passed: number[]): readonly number[] {
  let index = Math.min(...passed) - 1;
  while (
    index >= 0 &&
    reading.isFree(index) &&
    /^(?:as|compared|relative|in|comparison)$/.test(reading.tokens[index]?.word ?? '')
  ) {
    passed.push(index);
    index -= 1;
  }
  return passed;
}

export interface Combined {
  readonly range: TimeRange | null;
  readonly compare: 'none' | 'previous_period' | 'same_period_last_year';
  readonly grain?: TimeUnit;
  readonly since?: TimeRange;
}

type Meaning = TimeMention['meaning'];

function combine(left: Meaning | undefined, right: Meaning, today: Today): Combined | null {
  const leftRange = left?.kind === 'range' ? left.range : null;
  if (right.kind === 'reference') {
    if (right.ago !== undefined) return withAgo(left === undefined ? null : leftRange, right.ago);
    const { unit } = right;
    if (unit === undefined) return { range: leftRange, compare: right.to };
    if (left === undefined) return { range: { kind: 'to_date', unit }, compare: right.to };
    return leftRange?.kind === 'to_date' && leftRange.unit === unit
      ? { range: leftRange, compare: right.to }
      : null;
  }
  if (right.kind !== 'range') return null;
  if (leftRange === null)
    return left === undefined ? (alone(right.range) ?? courseSince(right.range, today)) : null;
  const [one, other] = [inCalendar(leftRange, today), inCalendar(right.range, today)];
  if (one !== null && other !== null) {
    const areNames = leftRange.kind === 'calendar' && right.range.kind === 'calendar';
    // "October vs November so far": a month that is named is a whole one, whatever has come of the other.
    const isSoFar = [leftRange, right.range].some(({ kind }) => kind === 'between');
    const course = isSoFar ? courseOf(one, other, 1) : null;
    if (course !== null) return course;
    const found = areNames ? null : relationOfNames(leftRange, right.range, one, other);
    if (found !== null) return found;
    // "October vs October 2025": the year is that of one of them alone.
    const years = areSameMonth(one, other)
      ? (calendarRelation(one, other) ?? calendarRelation(other, one))
      : null;
    if (years !== null) return years;
    const named = relation(leftRange, right.range) ?? relation(right.range, leftRange);
    return named ?? courseOf(one, other);
  }
  const [now, then] = [offsetOf(leftRange), offsetOf(right.range)];
  // "Today versus 30 days ago".
  if (now === 0 && then !== null && then < -1) return withAgo(leftRange, { n: -then, unit: 'day' });
  return relation(leftRange, right.range) ?? relation(right.range, leftRange);
}

type Ago = NonNullable<Extract<Meaning, { kind: 'reference' }>['ago']>;

/** "Than a month ago": as long a time until now against the one before it; a state is shown as it went since then. */
function withAgo(left: TimeRange | null, { n, unit }: Ago): Combined | null {
  const since: TimeRange = { kind: 'relative', unit, n, completeOnly: false };
  const isToday = left !== null && offsetOf(left) === 0;
  if (left !== null && !isToday) {
    const isOneBack = n === 1 && left.kind === 'to_date' && left.unit === unit;
    const isYearBack = n === 1 && unit === 'year' && left.kind !== 'all';
    if (isOneBack) return { range: left, compare: 'previous_period' };
    return isYearBack ? { range: left, compare: 'same_period_last_year' } : null;
  }
  if (n > 1 || isToday) return { range: since, compare: 'none', since };
  return unit === 'year'
    ? { range: null, compare: 'same_period_last_year', since }
    : { range: since, compare: 'previous_period', since };
}

/** "Higher than in September": every month from then on. */
function courseSince(range: TimeRange, today: Today): Combined | null {
  const now =
    range.kind === 'calendar' && inCalendar({ kind: 'to_date', unit: range.unit as TimeUnit }, today);
  const then = inCalendar(range, today);
  if (!now || then === null) return null;
  const found = calendarRelation(now, then);
  const unit = now.kind === 'calendar' && now.unit !== 'half' ? now.unit : null;
  if (found && unit !== null) return { range: { kind: 'to_date', unit }, compare: found.compare };
  return courseOf(now, then);
}

const mostPoints = 12;

/** Two months of which others lie between: all of them, one by one. */
function courseOf(one: TimeRange, other: TimeRange, fewest = 2): Combined | null {
  if (one.kind !== 'calendar' || other.kind !== 'calendar' || one.unit !== other.unit) return null;
  const { unit } = one;
  if (unit !== 'month' && unit !== 'quarter') return null;
  const [from, to] = [one, other]
    .map(({ year = 0, number = 0 }) => year * parts[unit] + number - 1)
    .sort((a, b) => a - b);
  if (from === undefined || to === undefined || to - from < fewest || to - from >= mostPoints) return null;
  const months = 12 / parts[unit];
  const first = (index: number): CivilDate => ({
    year: Math.floor(index / parts[unit]),
    month: (index % parts[unit]) * months + 1,
    day: 1,
  });
  const range = { from: isoDay(first(from)), to: isoDay(addDays(first(to + 1), -1)) };
  return { range: { kind: 'between', ...range }, compare: 'none', grain: unit };
}
