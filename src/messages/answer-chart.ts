import type { ChartSpec, ValueFormat } from '../domain/chart-data.ts';
import { bucketInWords, formatCell, grainShown, timeColumn } from './answer-cells.ts';
import type { AnswerView, AnswerViewColumn } from './answer-view.ts';

const mostBars = 12;
const mostSeries = 5;
const longestAltText = 2000;

/** Line for time series, horizontal bars for a few categories, nothing for single numbers and records. */
export function buildAnswerChart(view: AnswerView, title: string): ChartSpec | null {
  if (view.shape === 'records' || view.chart === 'none' || view.chart === 'table' || view.chart === 'number')
    return null;
  // Different currencies share no axis.
  if (view.columns.some((column) => column.id === 'currency') || view.rows.length < 2) return null;
  if (timeColumn(view) === -1 || view.chart === 'bar') return buildBars(view, title);
  return buildLines(view, title);
}

/** What is drawn: the figures, or what was computed from them where that is the point of the question. */
function drawnColumns(
  view: AnswerView,
): readonly { readonly column: AnswerViewColumn; readonly index: number }[] {
  const columns = view.columns.map((column, index) => ({ column, index }));
  const figures = columns.filter(({ column }) => column.role === 'metric');
  const means = columns.filter(({ column }) => column.id.endsWith('__moving_avg'));
  if (means.length > 0) return [...figures, ...means];
  const isTimed = timeColumn(view) !== -1;
  const beside = columns.filter(({ column }) =>
    (isTimed ? /__(?:step|pct_step|running|share)$/ : /__running$/).test(column.id),
  );
  return beside.length > 0 ? beside : figures;
}

function base(view: AnswerView, title: string) {
  return {
    title: title.slice(0, 80),
    subtitle: [
      view.rangeWords ?? 'as of now',
      ...view.freshness.slice(0, 1).map((source) => `data of ${source}`),
    ]
      .join('; ')
      .slice(0, 120),
    altText: altText(view, title),
  };
}

function buildBars(view: AnswerView, title: string): ChartSpec | null {
  const metrics = drawnColumns(view);
  const dimensions = view.columns.flatMap((column, index) => (column.role === 'dimension' ? [index] : []));
  const [metric] = metrics;
  const [dimension] = dimensions;
  if (!metric || metrics.length > 1 || dimension === undefined || dimensions.length > 1) return null;
  if (view.rows.length > mostBars) return null;
  const column = view.columns[dimension];
  const time = timeColumn(view);
  const grain = grainShown(view, time === -1 ? [] : view.rows.map((row) => String(row[time] ?? '')));
  const bars = view.rows.flatMap((row) => {
    const value = row[metric.index];
    if (typeof value !== 'number' || !column) return [];
    const cell = row[dimension] ?? null;
    const name = dimension === time ? bucketInWords(String(cell), grain) : formatCell(view, cell, column);
    return [{ label: label(name), value }];
  });
  if (bars.length < 2) return null;
  return { kind: 'horizontal-bar', ...base(view, title), bars, format: formatOf(metric.column.format) };
}

function buildLines(view: AnswerView, title: string): ChartSpec | null {
  const time = timeColumn(view);
  const metrics = drawnColumns(view);
  const others = view.columns.flatMap((column, index) =>
    column.role === 'dimension' && index !== time ? [index] : [],
  );
  const [metric] = metrics;
  if (!metric || others.length > 1) return null;
  const buckets = [...new Set(view.rows.map((row) => String(row[time] ?? '')))].sort();
  if (buckets.length < 2) return null;
  const grain = grainShown(view, buckets);
  const [other] = others;
  const names = other === undefined ? [null] : [...new Set(view.rows.map((row) => row[other] ?? null))];
  const sameFormat = metrics.filter(
    (one) => formatOf(one.column.format).kind === formatOf(metric.column.format).kind,
  );
  const series = names.flatMap((name) =>
    sameFormat.map((one) => ({
      name: name === null ? one.column.label : label(String(name)),
      values: buckets.map((bucket) => {
        const row = view.rows.find(
          (candidate) =>
            String(candidate[time] ?? '') === bucket &&
            (other === undefined || (candidate[other] ?? null) === name),
        );
        const value = row?.[one.index];
        return typeof value === 'number' ? value : null;
      }),
    })),
  );
  if (series.length > mostSeries) return null;
  return {
    kind: 'line',
    ...base(view, title),
    labels: buckets.map((bucket) => bucketInWords(bucket, grain)),
    series,
    format: formatOf(metric.column.format),
  };
}

const formatOf = (format: ValueFormat | null): ValueFormat => format ?? { kind: 'number' };

const label = (text: string): string => (text === '–' ? '(none)' : text);

/** The numbers in words, for readers who do not see the picture. */
function altText(view: AnswerView, title: string): string {
  const time = timeColumn(view);
  const grain = grainShown(view, time === -1 ? [] : view.rows.map((row) => String(row[time] ?? '')));
  const lines = view.rows.map((row) =>
    view.columns
      .map((column, index) => {
        const value = row[index] ?? null;
        return index === time ? bucketInWords(String(value), grain) : formatCell(view, value, column, row);
      })
      .join(' '),
  );
  return `${title} ${lines.join('; ')}`.slice(0, longestAltText);
}
