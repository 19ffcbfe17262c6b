import type { TimeUnit } from '../../../query/metric-query.ts';
import { wordTable } from '../../../toolkit/word-table.ts';
import type { Reading } from '../reading.ts';
import { smallNumbers } from '../small-numbers.ts';
import { isRankingWord } from './ranking.ts';

const adverbs: Readonly<Record<string, TimeUnit>> = wordTable({
  hourly: 'hour',
  daily: 'day',
  weekly: 'week',
  monthly: 'month',
  quarterly: 'quarter',
  yearly: 'year',
  annually: 'year',
});
const units = new Set(['hour', 'day', 'week', 'month', 'quarter', 'year']);

/** "For each of the last four quarters": one by one, and the period stays to be read. */
function eachOfLast(reading: Reading, words: readonly string[], index: number): TimeUnit | null {
  if (!/^(?:each|every)$/.test(words[index] ?? '') || words[index + 1] !== 'of') return null;
  const last = words.findIndex((word, at) => at > index + 1 && /^(?:last|past|previous|these)$/.test(word));
  if (last === -1 || last - index > 3) return null;
  const unit = words.slice(last + 1, last + 4).find((word) => units.has(word));
  if (unit === undefined) return null;
  reading.take('grain', [index, index + 1], `by ${unit}`);
  return unit as TimeUnit;
}

/** "Month on month", "week over week". */
function monthOnMonth(reading: Reading, words: readonly string[], index: number): TimeUnit | null {
  const unit = words[index] ?? '';
  const isStep = units.has(unit) && words[index + 2] === unit && /^(?:on|over)$/.test(words[index + 1] ?? '');
  // Without a period to go through it is compared with the one before.
  const isThrough = words.some(
    (word, at) => /^(?:since|ytd)$/.test(word) || (/^(?:last|past|this)$/.test(word) && at !== index - 1),
  );
  if (!isStep || !isThrough) return null;
  reading.take('grain', [index, index + 1, index + 2], `by ${unit}`);
  return unit as TimeUnit;
}

/** Points that figures are shown at, and the last token that says so: what is joined to it splits them as well. */
export interface Grain {
  readonly unit: TimeUnit;
  readonly at: number | null;
}

/** "by month", "per week", "each day", "weekly", "month by month", "by channel and month". */
export function readGrain(reading: Reading): Grain | null {
  const words = reading.tokens.map((token) => token.word);
  for (const [index, word] of words.entries()) {
    if (!reading.isFree(index)) continue;
    const adverb = adverbs[word];
    // "Which yearly contracts": a kind of them, where "yearly contracts" alone are those of every year.
    // What is paid by the month or year is called so; nobody splits it by that.
    const isKind =
      (/^(?:which|what|whose)$/.test(words[index - 1] ?? '') &&
        /s$/.test(reading.tokens[index + 1]?.lower ?? '')) ||
      /^(?:subscriptions?|subs?|plans?|contracts?)$/.test(reading.tokens[index + 1]?.lower ?? '');
    if (adverb !== undefined && isKind) continue;
    if (adverb !== undefined) {
      reading.take('grain', [index], `by ${adverb}`);
      return { unit: adverb, at: null };
    }
    const course = eachOfLast(reading, words, index) ?? monthOnMonth(reading, words, index);
    if (course !== null) return { unit: course, at: null };
    const ranked = rankedPoints(reading, words, index);
    if (ranked !== null) return { unit: ranked, at: null };
    const joined = besideGroups(reading, words, index);
    if (joined !== null) return { unit: joined, at: null };
    // "which month had the most" asks for one period out of all.
    const marker =
      /^(?:by|per|each|every)$/.test(word) ||
      (/^(?:which|what)$/.test(word) && /^(?:had|has|was|saw|did)$/.test(words[index + 2] ?? ''));
    const skipped = words[index + 1] === 'calendar' ? 2 : 1;
    const unit = words[index + skipped];
    if (!marker || unit === undefined || !units.has(unit)) continue;
    const isOfPeriod = /^(?:this|last|the|20\d\d)$/.test(words[index + skipped + 2] ?? '');
    if (words[index + skipped + 1] === 'of' && !(/^(?:each|every)$/.test(word) && isOfPeriod)) continue;
    // "by quarter end" is a date, not a grouping.
    if (words[index + skipped + 1] === 'end') continue;
    // "month by month", but not "last 12 months by month".
    const before =
      reading.tokens[index - 1]?.word === unit && !/s$/.test(reading.tokens[index - 1]?.lower ?? '')
        ? [index - 1]
        : [];
    const taken = [...before, ...Array.from({ length: skipped + 1 }, (_, offset) => index + offset)];
    reading.take('grain', taken, `by ${unit}`);
    return { unit: unit as TimeUnit, at: taken.at(-1) ?? null };
  }
  return null;
}

const points = new Set(['day', 'week', 'month', 'quarter', 'year']);

/** "Which five months had the worst CSAT", "on which day in October did I close the most", "best quarter for revenue". */
function rankedPoints(reading: Reading, words: readonly string[], index: number): TimeUnit | null {
  const word = words[index] ?? '';
  // "Months with the most churned customers": out of all of them.
  const isHolding =
    points.has(word) &&
    /^(?:with|where|when)$/.test(words[index + 1] ?? '') &&
    words.slice(index + 2, index + 6).some(isRankingWord) &&
    !/^(?:this|last|next|per|each|every|by)$/.test(words[index - 1] ?? '');
  if (isHolding) {
    reading.take('grain', [index], `by ${word}`);
    return word as TimeUnit;
  }
  const isAsked = /^(?:which|what)$/.test(word);
  if (!isAsked && !(isRankingWord(word) && !rankNoPoints.test(word))) return null;
  const at = isCount(reading, index + 1) ? index + 2 : index + 1;
  const unit = words[at] ?? '';
  if (!points.has(unit) || words[at + 1] === 'of' || !reading.isFree(at)) return null;
  const rest = words.slice(at + 1);
  const isOne =
    rest.some(isRankingWord) && rest.some((one) => /^(?:had|has|have|was|were|saw|did|do)$/.test(one));
  if (isAsked && !isOne) return null;
  reading.take('grain', isAsked ? [index, at] : [at], `by ${unit}`);
  return unit as TimeUnit;
}

/** What these order is no course: "the newest day", "the most days in a stage", "the longest week". */
const rankNoPoints =
  /^(?:most|fewest|least|newest|latest|oldest|earliest|longest|shortest|fastest|quickest|ranked|sorted|ordered|greatest)$/;

const isCount = (reading: Reading, index: number): boolean => {
  const token = reading.tokens[index];
  return token !== undefined && (token.kind === 'number' || Object.hasOwn(smallNumbers, token.word));
};

const mostBetween = 5;

/** "By channel and month", "per region, team and quarter": a unit among what figures are split by. */
function besideGroups(reading: Reading, words: readonly string[], index: number): TimeUnit | null {
  const unit = words[index] ?? '';
  const [before, after] = [reading.tokens[index - 1], words[index + 1] ?? ''];
  const isJoined = before?.word === 'and' || before?.kind === 'comma';
  if (!units.has(unit) || /s$/.test(reading.tokens[index]?.lower ?? '') || !isJoined) return null;
  // "By region, month to date", "by team and week 40", "by region and quarter end": a period.
  if (/^(?:to|of|end|start|so|before|after|ago|over|on|by|\d.*)$/.test(after)) return null;
  const marker = words.findLastIndex(
    (word, at) => at < index - 1 && at >= index - 2 - mostBetween && /^(?:by|per|each|every)$/.test(word),
  );
  const between = words.slice(marker + 1, index - 1);
  if (marker === -1 || between.length === 0) return null;
  if (between.some((word) => grouplessWords.test(word) || units.has(word))) return null;
  reading.take('grain', [index - 1, index], `by ${unit}`);
  return unit as TimeUnit;
}

/** What stands behind these is no longer what figures are split by. */
const grouplessWords =
  /^(?:in|for|from|since|until|between|last|this|next|previous|during|over|on|at|with|without|where|which|who|that|is|are|was|were|has|have|had|did|do|does|versus)$/;
