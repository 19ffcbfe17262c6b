import { type MetricDefinition, metricTime } from '../../../catalogue/catalogue.ts';
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

/** "MRR as of the end of October": where the end of every month is kept as a figure of its own, it is that. */
export function closingFigure(
  { catalogue, metrics, understood }: Draft,
  range: TimeRange,
): { readonly metric: MetricDefinition; readonly time: TimeRange } | null {
  const [metric, another] = metrics;
  const closing = metric && catalogue.metrics.get(`${metric.id}_month_closing`);
  if (!closing || another || range.kind !== 'between' || range.from !== range.to) return null;
  const [year = 0, month = 0, day = 0] = (range.to ?? '').split('-').map(Number);
  const date: CivilDate = { year, month, day };
  const isEnd = isoDay(endOf('month', { ...date, day: 1 })) === isoDay(date);
  if (!isEnd || isoDay(addDays(date, 1)) > isoDay(understood.today)) return null;
  return { metric: closing, time: { kind: 'calendar', unit: 'month', number: month, year } };
}
