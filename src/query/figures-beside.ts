import type { DerivedMetric, MetricDefinition } from '../catalogue/catalogue.ts';
import { changesByPoints, scaleUnit } from '../catalogue/lookup.ts';
import type { ValueFormat } from '../domain/chart-data.ts';
import { lowerFirst } from '../toolkit/letter-case.ts';
import type { AnswerColumn, CellValue } from './answer-data.ts';
import type { MetricPlan } from './metric-query.ts';
import { hasTransform, partShareColumn, transformColumn, wholeColumn } from './shown-columns.ts';
import { type TransformPoint, transformValues } from './transform.ts';

/** Columns of one metric: the figure, what it is compared with, and what is computed from the figures. */
export function metricColumns(
  metric: MetricDefinition,
  plan: MetricPlan,
  format: ValueFormat,
  over?: { readonly metric: MetricDefinition; readonly format: ValueFormat },
): AnswerColumn[] {
  const { compare, transform, window, part } = plan;
  const base = { type: 'number', format } as const;
  const value: AnswerColumn = { id: metric.id, label: metric.label, role: 'metric', ...base };
  if (part) return [value, ...partColumns(metric, format)];
  const beside = comparisonColumns(metric, compare, format);
  if (transform === 'none' || !hasTransform(plan, plan.metrics.indexOf(metric.id))) return [value, ...beside];
  const id = transformColumn(metric.id, transform);
  if (transform === 'ratio')
    return [
      value,
      ...beside,
      { ...ratioColumn(metric, format, over), id, role: 'comparison', type: 'number' },
    ];
  const { label, format: own } = transformShown(metric, transform, window, format);
  return [
    value,
    ...beside,
    { id, label: `${metric.label}, ${label}`, role: 'comparison', type: 'number', format: own },
  ];
}

/** Money per seat is money; of two figures of the same kind the ratio is a mere number. */
function ratioColumn(
  { label }: MetricDefinition,
  format: ValueFormat,
  over: { readonly metric: MetricDefinition; readonly format: ValueFormat } | undefined,
): Pick<AnswerColumn, 'label' | 'format'> {
  const hasUnit = /^(?:money|duration)$/.test(format.kind) && over?.format.kind !== format.kind;
  return {
    label: `${label} per ${oneOf(lowerFirst(over?.metric.label ?? 'one'))}`,
    format: hasUnit ? format : { kind: 'number', decimals: 2 },
  };
}

/** "Tickets opened per account", not "per accounts". */
const oneOf = (label: string): string => label.replace(/ies$/, 'y').replace(/(?<![su])s$/, '');

function partColumns({ id, label }: MetricDefinition, format: ValueFormat): AnswerColumn[] {
  const base = { role: 'comparison', type: 'number' } as const;
  return [
    { ...base, id: wholeColumn(id), label: `${label}, of all`, format },
    { ...base, id: partShareColumn(id), label: `${label}, share`, format: { kind: 'percent' } },
  ];
}

function comparisonColumns(
  metric: MetricDefinition,
  compare: MetricPlan['compare'],
  format: ValueFormat,
): AnswerColumn[] {
  if (compare === 'none') return [];
  const { id, label } = metric;
  const column = (suffix: string, words: string, shown: ValueFormat): AnswerColumn => ({
    id: `${id}__${suffix}`,
    label: `${label}, ${words}`,
    role: 'comparison',
    type: 'number',
    format: shown,
  });
  const points = changesByPoints(metric) ? ' in points' : '';
  const shown: ValueFormat = metric.unit === scaleUnit ? format : { kind: 'percent' };
  if (compare === 'target')
    return [column('target', 'target', format), column('to_target', `away from the target${points}`, shown)];
  const words = compare === 'previous_period' ? 'period before' : 'a year before';
  return [column('previous', words, format), column('change', `change${points}`, shown)];
}

function transformShown(
  metric: MetricDefinition,
  transform: Exclude<MetricPlan['transform'], 'none' | 'ratio'>,
  window: number,
  format: ValueFormat,
): { readonly label: string; readonly format: ValueFormat } {
  switch (transform) {
    case 'change':
      return { label: changesByPoints(metric) ? 'change in points' : 'change', format };
    case 'pct_change':
      return { label: 'change in percent', format: { kind: 'percent' } };
    case 'share':
      return { label: 'share', format: { kind: 'percent' } };
    case 'running':
      return { label: 'running total', format };
    case 'rank':
      return { label: 'rank', format: { kind: 'number' } };
    case 'mean':
      return { label: 'mean', format: format.kind === 'number' ? { kind: 'number', decimals: 1 } : format };
    case 'moving_avg':
      return { label: `average of ${window}`, format };
  }
}

/** How far a figure moved: the difference where it changes by points, else the share of what it was. */
export function change(metric: MetricDefinition, value: number | null, before: number | null): number | null {
  if (value === null || before === null) return null;
  if (changesByPoints(metric)) return value - before;
  return before === 0 ? null : (value - before) / Math.abs(before);
}

/** Currencies that the constants of a formula are in. */
export function constantCurrencies({ constants }: DerivedMetric): readonly string[] {
  const found = Object.values(constants).flatMap(({ currency }) => (currency === null ? [] : [currency]));
  return [...new Set(found)];
}

/** What tells a row's groups and currency apart, and where time stands among the groups; -1 without one. */
export interface RowPlaces {
  readonly keys: readonly (readonly CellValue[])[];
  readonly currencies: readonly (string | null)[];
  readonly timeAt: number;
}

/**
 * Fills the columns of a transform, which stand empty in the rows.
 *
 * @param isBefore order in which the rows will be shown, for running totals without time
 */
export function fillTransforms(
  plan: MetricPlan,
  columns: readonly AnswerColumn[],
  rows: readonly CellValue[][],
  places: RowPlaces,
  isBefore: (left: readonly CellValue[], right: readonly CellValue[]) => number,
): void {
  const { transform, window } = plan;
  if (transform === 'none') return;
  if (transform === 'ratio') {
    fillRatios(plan, columns, rows);
    return;
  }
  const isAlongTime = places.timeAt >= 0 && transform !== 'share' && transform !== 'rank';
  const position = isAlongTime ? null : shownPositions(rows, isBefore);
  const partitions = rows.map((_, row) => partitionOf(places, row, isAlongTime));
  for (const id of plan.metrics) {
    const from = columns.findIndex((column) => column.id === id);
    const to = columns.findIndex((column) => column.id === transformColumn(id, transform));
    const points = rows.map((row, index): TransformPoint => {
      const value = row[from];
      return {
        partition: partitions[index] ?? '',
        position: position?.[index] ?? String(places.keys[index]?.[places.timeAt] ?? ''),
        value: typeof value === 'number' ? value : null,
      };
    });
    const isAscending = plan.orderBy.some(({ by, direction }) => by === id && direction === 'asc');
    const values = transformValues(
      { kind: transform, window, first: isAscending ? 'smallest' : 'largest' },
      points,
    );
    for (const [index, row] of rows.entries()) row[to] = values[index] ?? null;
  }
}

function fillRatios(
  { metrics }: MetricPlan,
  columns: readonly AnswerColumn[],
  rows: readonly CellValue[][],
): void {
  const [first = '', second = ''] = metrics;
  const [of, over, to] = [first, second, transformColumn(first, 'ratio')].map((id) =>
    columns.findIndex((column) => column.id === id),
  );
  for (const row of rows) {
    const [value, by] = [row[of ?? -1], row[over ?? -1]];
    row[to ?? -1] = typeof value === 'number' && typeof by === 'number' && by !== 0 ? value / by : null;
  }
}

function shownPositions(
  rows: readonly (readonly CellValue[])[],
  isBefore: (left: readonly CellValue[], right: readonly CellValue[]) => number,
): readonly number[] {
  const order = [...rows.keys()].sort((left, right) => isBefore(rows[left] ?? [], rows[right] ?? []));
  const positions = new Array<number>(rows.length).fill(0);
  for (const [place, index] of order.entries()) positions[index] = place;
  return positions;
}

/** Along time a series is what the other groups share; beside other groups, a point of time is a whole of its own. */
function partitionOf({ keys, currencies, timeAt }: RowPlaces, row: number, isAlongTime: boolean): string {
  const own = keys[row] ?? [];
  const currency = currencies[row] ?? null;
  // Rows whose time is not known belong to no course.
  if (isAlongTime && (own[timeAt] ?? null) === null) return `${row}`;
  if (isAlongTime) return JSON.stringify([own.toSpliced(timeAt, 1), currency]);
  return JSON.stringify([timeAt >= 0 && own.length > 1 ? own[timeAt] : null, currency]);
}
