/**
 * Door of the trends. In: a count by day over some months. Out: month against month, judged, with the figures behind it.
 * Weekends and holidays are weighed, and the usual unrest of the count widens what passes for noise.
 */
import type { TrendSettings } from '../../domain/trend-settings.ts';
import { addDays, daysBetween, writeNumber } from '../wording.ts';
import { type AmountChange, amountChange } from './amount-change.ts';
import { type ChangeVerdict, dispersionOf, judgeChange } from './judge-change.ts';
import { seededRandom } from './seeded-random.ts';
import {
  type Comparison,
  comparisonsOn,
  type DayCounts,
  daysOf,
  lengthOf,
  restDayWeight,
  type Span,
  sumOver,
} from './spans.ts';

export interface TrendSeries {
  /** `tickets_opened`, `product_orders`, …; see catalogue/entities/trends.yml. */
  readonly series: string;
  /** What people call it: `Tickets opened`, `Orders of Quorum Core`. */
  readonly label: string;
  readonly product: { readonly id: string; readonly name: string } | null;
  /** Whether more of it is good news. */
  readonly moreIs: 'good' | 'bad' | 'neither';
  readonly counts: DayCounts;
  /** Of a product: its sales by currency and day. */
  readonly amounts?: ReadonlyMap<string | null, DayCounts>;
}

/** A comparison of one series, judged. */
export interface JudgedTrend {
  readonly of: TrendSeries;
  readonly comparison: Comparison;
  readonly count: number;
  readonly countBefore: number;
  /** `countBefore` for as many working days and weekends as now. */
  readonly expected: number;
  readonly change: number | null;
  readonly score: number;
  readonly dispersion: number;
  readonly verdict: ChangeVerdict;
  /** Set where the row judges an amount: its counts are then those of the orders. */
  readonly amount: (AmountChange & { readonly currency: string | null }) | null;
  readonly sentence: string;
}

export interface TrendView {
  /** Local day; not whole yet. */
  readonly today: string;
  readonly settings: TrendSettings;
  readonly isWorkday: (day: string) => boolean;
}

/** Days that must be known: from the first day of the history to yesterday. */
export function trendDays({ today, settings }: Pick<TrendView, 'today' | 'settings'>): Span {
  const first = comparisonsOn(today, settings.monthToDateFromDay).at(-1)!.before.from;
  return { from: addDays(first, -7 * settings.historyWeeks), to: addDays(today, -1) };
}

/** Every comparison of a series: of its count and, for a product, of its amounts. The first one counts most. */
export function judgeSeries(series: TrendSeries, view: TrendView): readonly JudgedTrend[] {
  return comparisonsOn(view.today, view.settings.monthToDateFromDay).flatMap((comparison) => {
    const judged = judgeCounts(series, comparison, view);
    const amounts = [...(series.amounts ?? [])].map(([currency, amounts]) =>
      judgeAmounts(judged, { currency, amounts }, view),
    );
    return [judged, ...amounts];
  });
}

function judgeCounts(series: TrendSeries, comparison: Comparison, view: TrendView): JudgedTrend {
  const { counts } = series;
  const { settings, isWorkday } = view;
  const history = historyOf(comparison, settings);
  const exposure = exposureOf(counts, comparison, view);
  const [count, countBefore] = [sumOver(counts, comparison.now), sumOver(counts, comparison.before)];
  const firstKnown = [...counts.keys()].reduce(
    (first, day) => (day < first ? day : first),
    comparison.now.to,
  );
  // Weeks before anything was known are no history.
  const weeks = Math.min(settings.historyWeeks, Math.floor((daysBetween(firstKnown, history.to) + 1) / 7));
  const known = { from: addDays(history.to, 1 - 7 * Math.max(1, weeks)), to: history.to };
  const dispersion = weeks < 1 ? 1 : dispersionOf(daysOf(known).map((day) => counts.get(day) ?? 0));
  const limits = { leastShare: settings.leastChange, leastCount: settings.leastCount };
  const { verdict, share, z } = judgeChange(countBefore, count, { dispersion, exposure, limits });
  const expected = countBefore * exposure;
  const figures = { count, countBefore, expected, change: share, score: z, dispersion, verdict };
  const sentence = sayCounts(series.label, comparison, figures, isWorkday, settings);
  return { of: series, comparison, ...figures, amount: null, sentence };
}

function historyOf({ before }: Comparison, { historyWeeks }: TrendSettings): Span {
  return { from: addDays(before.from, -7 * historyWeeks), to: addDays(before.from, -1) };
}

function exposureOf(counts: DayCounts, comparison: Comparison, { settings, isWorkday }: TrendView): number {
  const known = { from: historyOf(comparison, settings).from, to: comparison.before.to };
  const weight = restDayWeight(counts, known, isWorkday);
  return lengthOf(comparison.now, isWorkday, weight) / lengthOf(comparison.before, isWorkday, weight);
}

/** An amount changed when 99 of 100 resamples say so, the change is large enough and there are enough orders. */
function judgeAmounts(
  judged: JudgedTrend,
  { currency, amounts }: { readonly currency: string | null; readonly amounts: DayCounts },
  view: TrendView,
): JudgedTrend {
  const { of, comparison } = judged;
  const exposure = exposureOf(of.counts, comparison, view);
  const random = seededRandom(`${of.product?.id ?? of.series}/${currency ?? ''}/${comparison.kind}`);
  const change = amountChange(amounts, comparison, view.isWorkday, { exposure, random });
  const { leastCount, leastChange } = view.settings;
  const isFew = Math.max(judged.count, judged.countBefore) < leastCount || change.sure === null;
  const isLarge = change.share !== null && Math.abs(change.share) >= leastChange;
  const verdict: ChangeVerdict = isFew
    ? 'too-few'
    : isLarge && change.sure[0] > 0
      ? 'up'
      : isLarge && change.sure[1] < 0
        ? 'down'
        : 'steady';
  const amount = { ...change, currency };
  const label = `Sales of ${of.product?.name ?? of.label}`;
  const series = { ...of, series: 'product_amount', label };
  const sentence = sayAmount(label, comparison, amount, verdict, leastCount);
  const score = scoreOf(change);
  return { ...judged, of: series, change: change.share, score, verdict, amount, sentence };
}

/** The change over the standard error that its interval of 95 % stands for. */
function scoreOf({ share, likely }: AmountChange): number {
  if (share === null || likely === null) return 0;
  const error = (likely[1] - likely[0]) / (2 * 1.96);
  return error > 0 ? share / error : 0;
}

/** `12 to 31 March`, short enough for a sentence. */
function sayComparison({ kind, now, before }: Comparison): string {
  return kind === 'full_month'
    ? `${monthName(now.from)} against ${monthName(before.from)}`
    : `${dayName(now.from)} to ${dayName(now.to)} against ${dayName(before.from)} to ${dayName(before.to)}`;
}

function sayCounts(
  label: string,
  comparison: Comparison,
  {
    count,
    countBefore,
    expected,
    change,
    score,
    verdict,
  }: Omit<JudgedTrend, 'of' | 'comparison' | 'amount' | 'sentence'>,
  isWorkday: (day: string) => boolean,
  { leastChange, leastCount }: TrendSettings,
): string {
  const spans = sayComparison(comparison);
  const workdays = (span: Span): number => Math.round(lengthOf(span, isWorkday, 0));
  const scaled =
    Math.abs(expected - countBefore) >= 0.5 ? `, ${writeNumber(expected, 1)} for as many working days` : '';
  const counts = `${writeNumber(count)} (before ${writeNumber(countBefore)}${scaled}; ${workdays(comparison.now)} and ${workdays(comparison.before)} working days)`;
  const by = change === null ? 'from nothing' : `${writeNumber(Math.abs(change) * 100)} %`;
  if (verdict === 'too-few')
    return `${label}, ${spans}: ${counts}. Too few to tell: fewer than ${leastCount} in both spans.`;
  if (verdict === 'steady')
    return `${label}, ${spans}: ${counts}. Steady: ${Math.abs(change ?? 0) < leastChange ? `changed by less than ${writeNumber(leastChange * 100)} %` : 'chance alone explains the difference'}.`;
  return `${label}, ${spans}: ${verdict} ${by}, ${counts}, ${writeNumber(Math.abs(score), 1)} standard errors from no change.`;
}

function sayAmount(
  label: string,
  comparison: Comparison,
  { before, after, share, likely, currency }: NonNullable<JudgedTrend['amount']>,
  verdict: ChangeVerdict,
  leastCount: number,
): string {
  const unit = currency === null ? '' : ` ${currency}`;
  const amounts = `${writeNumber(after)}${unit} (before ${writeNumber(before)}${unit})`;
  const head = `${label}, ${sayComparison(comparison)}: ${amounts}`;
  if (verdict === 'too-few' || share === null || likely === null)
    return `${head}. Too few to tell: fewer than ${leastCount} orders in both spans.`;
  const percent = (one: number): string => `${one > 0 ? '+' : ''}${writeNumber(one * 100)} %`;
  return `${head}, ${percent(share)} for as many working days, in 95 of 100 resamples between ${percent(likely[0])} and ${percent(likely[1])}${verdict === 'steady' ? ': steady' : ''}.`;
}

const months = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];
const monthName = (day: string): string => `${months[Number(day.slice(5, 7)) - 1] ?? ''} ${day.slice(0, 4)}`;
const dayName = (day: string): string =>
  `${Number(day.slice(8))} ${months[Number(day.slice(5, 7)) - 1] ?? ''}`;
