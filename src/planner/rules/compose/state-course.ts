import { type Catalogue, type MetricDefinition, metricTime } from '../../../catalogue/catalogue.ts';
import type { TimeRange } from '../../../query/metric-query.ts';
import { addDays, type CivilDate, endOf, isoDay } from '../time/civil-date.ts';
import { type Draft, timeDimensionOf } from './draft.ts';

const over = /\b(?:over|during|throughout) (?:the )?(?:last|past|previous)\b/;

/** "Over the last month": what went on meanwhile, not one number of it. */
export const saysOver = ({ understood }: Pick<Draft, 'understood'>): boolean =>
  over.test(understood.reading.tokens.map(({ word }) => word).join(' '));

/**
 * "Health over the last month", "monthly churn rate over the past year": what is scored every day, or told month by month,
 * is shown as it went; a mean of all these days would be nobody's figure.
 */
export function settleCourse(draft: Draft): void {
  const { catalogue, metrics, groupBy, understood, compare } = draft;
  if (!saysOver(draft) || groupBy.length > 0 || compare !== 'none' || understood.ranking !== null) return;
  if (understood.kind.countAt !== null || draft.having.length > 0) return;
  const isMonthly = metrics.every(
    (metric) => /\bmonthly\b/i.test(metric.label) && /month/.test(timeDimensionOf(catalogue, metric) ?? ''),
  );
  if (areDaily(draft)) draft.groupBy = [{ dimension: metricTime }];
  else if (isMonthly && isLong(draft.time)) draft.groupBy = [{ dimension: metricTime, grain: 'month' }];
}

/** Figures over what is scored every day. */
export const areDaily = ({ catalogue, metrics }: Pick<Draft, 'catalogue' | 'metrics'>): boolean =>
  metrics.every(
    (metric) => metric.type === 'simple' && catalogue.entities.get(metric.entity)?.snapshot?.day === 'day',
  );

const isLong = (range: TimeRange | null): boolean =>
  range?.kind === 'relative' && (range.n > 1 || /^(?:quarter|year)$/.test(range.unit));

/** Where the end of every month is kept as a figure of its own, for all customers together: that figure. */
function monthlyTwin({ catalogue, metrics }: Draft): MetricDefinition | null {
  const [metric, another] = metrics;
  return another ? null : (catalogue.metrics.get(`${metric?.id ?? ''}_month_closing`) ?? null);
}

/** "MRR as of the end of October": as it was then. */
export function closingFigure(
  draft: Draft,
  range: TimeRange,
): { readonly metric: MetricDefinition; readonly time: TimeRange } | null {
  const closing = monthlyTwin(draft);
  if (!closing || range.kind !== 'between' || range.from !== range.to) return null;
  const [year = 0, month = 0, day = 0] = (range.to ?? '').split('-').map(Number);
  const date: CivilDate = { year, month, day };
  const isEnd = isoDay(endOf('month', { ...date, day: 1 })) === isoDay(date);
  if (!isEnd || isoDay(addDays(date, 1)) > isoDay(draft.understood.today)) return null;
  return { metric: closing, time: { kind: 'calendar', unit: 'month', number: month, year } };
}

/**
 * "MRR by month this year", "ARR now and a year ago", "MRR in October and the year before": a state is recorded only
 * since it is looked at, where the ends of the months are known for much longer. A whole month is compared as such,
 * everything else is the course by month.
 *
 * @returns what the draft becomes; null where the figure has no such course, or is not of all customers
 */
export function closingCourse(draft: Draft): Pick<Draft, 'metrics' | 'time' | 'groupBy' | 'compare'> | null {
  const { understood, groupBy, where, related, having, subject, compare } = draft;
  const closing = monthlyTwin(draft);
  const { time, grain } = understood;
  const isOfAll = where.length + related.length + having.length === 0 && subject === 'none';
  const isTimed = groupBy.length > 0;
  if (!closing || !isOfAll || groupBy.some(({ dimension }) => dimension !== metricTime)) return null;
  if (/^(?:hour|day|week)$/.test(grain ?? '')) return null;
  const range = time.since ?? time.range;
  const metrics = [closing];
  if (compare !== 'none' && !isTimed && time.since === undefined && isWholeMonth(range))
    return { metrics, time: range, groupBy, compare };
  if (!isTimed && compare === 'none' && time.since === undefined) return null;
  const months = grain ?? 'month';
  const ended = wholeMonths(range, understood.today, 1);
  if (ended === null) return null;
  const whole = compare === 'none' ? ended : withPeriodBefore(range, ended);
  return { metrics, time: whole, groupBy: [{ dimension: metricTime, grain: months }], compare: 'none' };
}

/** "ARR this quarter vs last quarter": the course of both. */
function withPeriodBefore(range: TimeRange | null, whole: TimeRange): TimeRange {
  const months = range?.kind === 'to_date' ? monthsOf.get(range.unit) : undefined;
  if (months === undefined || whole.kind !== 'between' || whole.from === undefined) return whole;
  const [year = 0, month = 1] = whole.from.split('-').map(Number);
  const count = year * 12 + month - 1 - months;
  return { ...whole, from: isoDay({ year: Math.floor(count / 12), month: (count % 12) + 1, day: 1 }) };
}

/** What is told by whole months has a course by no shorter ones, and nothing yet of the month that runs. */
export function settleMonths(draft: Draft): void {
  const { catalogue, metrics, groupBy, time, understood } = draft;
  const at = groupBy.findIndex(({ dimension }) => dimension === metricTime);
  if (!isToldByMonth(catalogue, metrics) || at === -1 || draft.compare !== 'none') return;
  const { today } = understood;
  const grain = groupBy[at]?.grain;
  if (grain === undefined || /^(?:hour|day|week)$/.test(grain))
    draft.groupBy = groupBy.with(at, { dimension: metricTime, grain: 'month' });
  const ended = time?.kind === 'relative' && time.unit === 'month' ? { ...time, completeOnly: true } : null;
  draft.time = ended ?? (time === null ? time : (wholeMonths(time, today, 0) ?? time));
}

/** Figures of whole months: nothing of them is known by the week. */
export const isToldByMonth = (catalogue: Catalogue, metrics: readonly MetricDefinition[]): boolean =>
  metrics.length > 0 &&
  metrics.every((metric) => /^(?:mrr|churn)_month$/.test(timeDimensionOf(catalogue, metric) ?? ''));

const monthsOf: ReadonlyMap<string, number> = new Map([
  ['month', 1],
  ['quarter', 3],
  ['year', 12],
]);

/**
 * The months of a range that have ended. Null for a range of another kind.
 *
 * @param before months before the range: a state at their end is what it was where the range began, 1; what happened in
 *   them is no part of it, 0
 */
function wholeMonths(range: TimeRange | null, today: CivilDate, before: 0 | 1): TimeRange | null {
  const last = isoDay(addDays({ ...today, day: 1 }, -1));
  const past = (n: number): TimeRange => ({ kind: 'relative', unit: 'month', n, completeOnly: true });
  switch (range?.kind) {
    case undefined:
      return past(12 + before);
    case 'relative': {
      const months = monthsOf.get(range.unit);
      if (months === undefined) return null;
      return past(Math.max(1 + before, range.n * months + (range.completeOnly ? 0 : before)));
    }
    case 'to_date': {
      if (range.unit !== 'year' && range.unit !== 'quarter') return past(12 + before);
      const month = range.unit === 'year' ? 1 : Math.floor((today.month - 1) / 3) * 3 + 1;
      return month === today.month
        ? null
        : { kind: 'between', from: isoDay({ ...today, month, day: 1 }), to: last };
    }
    case 'between': {
      const from = range.from === undefined ? undefined : `${range.from.slice(0, 8)}01`;
      const to = range.to === undefined || range.to > last ? last : range.to;
      return from !== undefined && from > to ? null : { kind: 'between', ...(from && { from }), to };
    }
    case 'calendar':
      return range.unit === 'year' && (range.year ?? today.year) === today.year
        ? wholeMonths({ kind: 'to_date', unit: 'year' }, today, before)
        : range;
    default:
      return null;
  }
}

const isWholeMonth = (range: TimeRange | null): boolean =>
  (range?.kind === 'calendar' && range.unit === 'month' && range.number !== undefined) ||
  (range?.kind === 'relative' && range.unit === 'month' && range.n === 1 && range.completeOnly);
