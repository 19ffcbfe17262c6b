import { formatValue } from '../charts/format-value.ts';
import type { ValueFormat } from '../domain/chart-data.ts';
import type { AnswerCell, AnswerView, AnswerViewColumn, Grain } from './answer-view.ts';

/** Written where a value is unknown; never a zero. */
export const unknownCell = '–';

/** A cell of a view as people read it. */
export function formatCell(
  view: Pick<AnswerView, 'columns' | 'metrics' | 'zone'>,
  value: AnswerCell,
  column: AnswerViewColumn,
  row: readonly AnswerCell[] = [],
): string {
  if (value === null) return unknownCell;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') {
    if (/__(?:change|to_target|pct_step)$/.test(column.id)) return changeInWords(view, value, column);
    const format = column.format ?? { kind: 'number' };
    const own = currencyOf(row, view.columns);
    const isMoney = view.metrics.some(
      (metric) => metric.isMoney && column.format?.kind !== 'percent' && metricOf(column) === metric.id,
    );
    const shown: ValueFormat = isMoney && own !== null ? { kind: 'money', currency: own } : format;
    if (!column.id.endsWith('__step')) return formatValue(value, shown);
    return `${signOf(value)}${formatValue(Math.abs(value), shown)}`;
  }
  if (column.type === 'date') return dayInWords(value);
  if (column.type === 'instant') return momentInWords(value, view.zone);
  const labels = column.valueLabels;
  return labels !== undefined && Object.hasOwn(labels, value) ? (labels[value] ?? value) : value;
}

/** A change with its sign: `+12 %` of what it was, `-8.5` for a score, `+0.3 points` for a share, which is in percent itself. */
export function changeInWords(
  { columns }: Pick<AnswerView, 'columns'>,
  value: number,
  { id, format }: AnswerViewColumn,
): string {
  const figure = columns.find((column) => column.id === id.replace(/__(?:change|to_target)$/, ''));
  const size = Math.abs(value);
  const isShare = figure !== undefined && figure.id !== id && figure.format?.kind === 'percent';
  const written = isShare
    ? `${formatValue(size * 100, { kind: 'number', decimals: 1 })} points`
    : formatValue(size, format ?? { kind: 'percent' });
  return `${signOf(value)}${written}`;
}

const signOf = (value: number): string => (value > 0 ? '+' : value < 0 ? '-' : '');

/** Metric that a column belongs to: `tickets_opened` of `tickets_opened__previous`; ranks are no amounts. */
function metricOf({ id }: AnswerViewColumn): string {
  return id.replace(/__(?:previous|target|step|running|mean|moving_avg)$/, '');
}

/** Amounts in several currencies have one row each, which names its own. */
function currencyOf(row: readonly AnswerCell[], columns: readonly AnswerViewColumn[]): string | null {
  const index = columns.findIndex((column) => column.id === 'currency');
  const value = index === -1 ? null : row[index];
  return typeof value === 'string' ? value : null;
}

/** What the buckets of an answer are: as it was asked, else read from the distance between them. */
export function grainShown({ grain }: Pick<AnswerView, 'grain'>, buckets: readonly string[]): Grain {
  return grain ?? grainOf(buckets);
}

/** Grain of time buckets, read from the distance between them; days when there are fewer than two. */
export function grainOf(buckets: readonly string[]): Grain {
  const times = [...new Set(buckets)].map((bucket) => Date.parse(bucket)).sort((left, right) => left - right);
  const gaps = times.slice(1).map((time, index) => (time - (times[index] ?? 0)) / 86_400_000);
  const least = Math.min(...gaps);
  if (!Number.isFinite(least)) return buckets.some((bucket) => bucket.includes('T')) ? 'hour' : 'day';
  if (least >= 360) return 'year';
  if (least >= 85) return 'quarter';
  if (least >= 27) return 'month';
  if (least >= 6.9) return 'week';
  return least >= 0.9 ? 'day' : 'hour';
}

/** Short label of a time bucket on an axis or in a table. */
export function bucketInWords(bucket: string, grain: Grain): string {
  const date = new Date(bucket.length === 10 ? `${bucket}T00:00:00Z` : bucket);
  if (Number.isNaN(date.getTime())) return bucket;
  const write = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' }).format(date);
  switch (grain) {
    case 'year':
      return write({ year: 'numeric' });
    case 'quarter':
      return `Q${Math.floor(date.getUTCMonth() / 3) + 1} ${date.getUTCFullYear()}`;
    case 'month':
      return write({ month: 'short', year: 'numeric' });
    case 'week':
      return `week of ${write({ day: 'numeric', month: 'short' })}`;
    case 'day':
      return write({ day: 'numeric', month: 'short' });
    case 'hour':
      return write({ hour: '2-digit', minute: '2-digit', hour12: false });
  }
}

/** Index of the column that holds time buckets, -1 without one. */
export function timeColumn(view: AnswerView): number {
  if (view.shape === 'records') return -1;
  return view.columns.findIndex(
    (column) => column.role === 'dimension' && (column.type === 'date' || column.type === 'instant'),
  );
}

function dayInWords(day: string): string {
  const date = new Date(`${day.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return day;
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(date);
}

function momentInWords(instant: string, zone: string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: zone,
    timeZoneName: 'short',
  }).format(date);
}
