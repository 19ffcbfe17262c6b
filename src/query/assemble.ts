import type { MetricDefinition, SimpleMetric } from '../catalogue/catalogue.ts';
import { computeFormula } from '../catalogue/formula.ts';
import type { ValueFormat } from '../domain/chart-data.ts';
import type { AnswerColumn, CellValue } from './answer-data.ts';
import { change, constantCurrencies, fillTransforms, metricColumns } from './figures-beside.ts';
import { type HeldAgainst, meetHaving } from './meets-having.ts';
import type { MetricPlan } from './metric-query.ts';
import { hasTransform } from './shown-columns.ts';

/** One group of one simple metric as the database gave it. */
export interface PartRow {
  /** Shown values of the groups, in the plan's order. */
  readonly cells: readonly CellValue[];
  /** What tells groups apart: ids where the dimension has them, else the shown values. */
  readonly keys: readonly CellValue[];
  /** Only for money and what was split with it; null = the row names none. */
  readonly currency: string | null;
  readonly value: number | null;
}

export interface PartResult {
  readonly part: SimpleMetric;
  readonly rows: readonly PartRow[];
  /** Same groups in the range compared with; null when nothing is compared. */
  readonly previous: readonly PartRow[] | null;
  /** Same groups without the conditions that make the rows a part; null when no part is asked for. */
  readonly whole?: readonly PartRow[] | null;
}

export interface Assembly {
  readonly plan: MetricPlan;
  readonly metrics: readonly { readonly metric: MetricDefinition; readonly parts: readonly SimpleMetric[] }[];
  readonly groupColumns: readonly AnswerColumn[];
  readonly results: ReadonlyMap<string, PartResult>;
  /** Currencies that amounts were found in; more than one splits the rows. */
  readonly currencies: readonly (string | null)[];
  /** Buckets that a course over time shows even where nothing was found, and which group they belong to. */
  readonly timeline: { readonly group: number; readonly buckets: readonly string[] } | null;
  /** Groups that are shown even where nothing was found; cells and keys as in a row. */
  readonly emptyGroups?: readonly EmptyGroup[];
}

export interface EmptyGroup {
  readonly cells: readonly CellValue[];
  readonly keys: readonly CellValue[];
}

export interface Assembled {
  readonly columns: readonly AnswerColumn[];
  readonly rows: readonly (readonly CellValue[])[];
  readonly truncated: boolean;
  /** Means that the groups were held against. */
  readonly against: readonly HeldAgainst[];
}

interface Line {
  readonly cells: readonly CellValue[];
  readonly keys: readonly CellValue[];
  readonly currency: string | null;
}

/** Joins the metrics' groups, fills gaps, compares, filters, orders and cuts. Pure: no clock, no database. */
export function assemble(assembly: Assembly): Assembled {
  const isSplit = assembly.currencies.length > 1;
  const lines = collectLines(assembly, isSplit);
  const indexes = new Map(
    [...assembly.results].map(([id, { rows, previous, whole }]) => [
      id,
      {
        rows: indexRows(rows, isSplit),
        previous: previous && indexRows(previous, isSplit),
        whole: indexRows(whole ?? [], isSplit),
      },
    ]),
  );
  const { plan } = assembly;
  const columns = [
    ...assembly.groupColumns,
    ...(isSplit ? [currencyColumn] : []),
    ...assembly.metrics.flatMap(({ metric }) =>
      metricColumns(metric, plan, shownFormat(metric, assembly.currencies), secondOf(assembly)),
    ),
  ];
  const rows = lines.map((line): CellValue[] => {
    const key = lineKey(line, isSplit);
    return [
      ...line.cells,
      ...(isSplit ? [line.currency] : []),
      ...assembly.metrics.flatMap(({ metric, parts }, index) => {
        const value = metricValue(metric, parts, (id) => indexes.get(id)?.rows.get(key));
        const before = () => metricValue(metric, parts, (id) => indexes.get(id)?.previous?.get(key));
        const whole = () => metricValue(metric, parts, (id) => indexes.get(id)?.whole.get(key));
        return [
          value,
          ...(plan.part ? besideWhole(value, whole()) : []),
          ...compared(plan, metric, value, before),
          ...(hasTransform(plan, index) ? [null] : []),
        ];
      }),
    ];
  });
  fillTransforms(plan, columns, rows, rowPlaces(assembly, lines, isSplit), shownOrder(plan, columns));
  const kept = meetHaving(plan, columns, rows);
  return { ...cut(assembly, columns, kept.rows), against: kept.against };
}

function secondOf({ metrics, currencies }: Assembly) {
  const second = metrics[1]?.metric;
  return second && { metric: second, format: shownFormat(second, currencies) };
}

/** Of a whole in which nothing was found there is no share. */
function besideWhole(value: number | null, whole: number | null): readonly (number | null)[] {
  return [whole, value === null || !whole ? null : value / whole];
}

function compared(
  { compare }: MetricPlan,
  metric: MetricDefinition,
  value: number | null,
  before: () => number | null,
): readonly (number | null)[] {
  if (compare === 'none') return [];
  const other = compare === 'target' ? (metric.target ?? null) : before();
  return [other, change(metric, value, other)];
}

function rowPlaces({ groupColumns, timeline }: Assembly, lines: readonly Line[], isSplit: boolean) {
  return {
    keys: lines.map(({ keys }) => keys),
    currencies: lines.map(({ currency }) => (isSplit ? currency : null)),
    timeAt: timeline?.group ?? groupColumns.findIndex(({ type }) => type === 'date' || type === 'instant'),
  };
}

/** Order of the rows by what stands in them before anything is computed from it. */
function shownOrder(plan: MetricPlan, columns: readonly AnswerColumn[]) {
  const own = new Set([
    ...plan.metrics,
    ...columns.filter(({ role }) => role === 'dimension').map(({ id }) => id),
  ]);
  const order = plan.orderBy
    .filter(({ by }) => own.has(by))
    .map(({ by, direction }) => ({ at: columns.findIndex(({ id }) => id === by), direction }));
  const first = columns.findIndex((column) => column.role === 'metric');
  return compareRows(order.length > 0 ? order : [{ at: first, direction: 'desc' }]);
}

const currencyColumn: AnswerColumn = {
  id: 'currency',
  label: 'Currency',
  role: 'dimension',
  type: 'text',
  format: null,
};

function lineKey(line: Line, isSplit: boolean): string {
  return JSON.stringify([...line.keys, ...(isSplit ? [line.currency] : [])]);
}

/** Without a split, a group's rows of "no currency" carry no amount and fold into the group's amount. */
function indexRows(rows: readonly PartRow[], isSplit: boolean): ReadonlyMap<string, number | null> {
  const index = new Map<string, number | null>();
  for (const row of rows) {
    const key = lineKey(row, isSplit);
    index.set(key, row.value ?? index.get(key) ?? null);
  }
  return index;
}

function collectLines(
  { results, groupColumns, timeline, emptyGroups = [] }: Assembly,
  isSplit: boolean,
): readonly Line[] {
  const lines = new Map<string, Line>();
  for (const { rows, previous, whole } of results.values()) {
    for (const row of [...rows, ...(previous ?? []), ...(whole ?? [])]) {
      // Where amounts are split by currency, a row without amount and currency says nothing.
      if (isSplit && row.currency === null && row.value === null) continue;
      const key = lineKey(row, isSplit);
      if (!lines.has(key)) lines.set(key, row);
    }
  }
  const found = new Set([...lines.values()].map(({ keys }) => JSON.stringify(keys)));
  for (const { cells, keys } of emptyGroups) {
    const line = { cells, keys, currency: null };
    if (!found.has(JSON.stringify(keys))) lines.set(lineKey(line, isSplit), line);
  }
  if (groupColumns.length === 0 && lines.size === 0) return [{ cells: [], keys: [], currency: null }];
  return timeline ? fillTimeline([...lines.values()], timeline, groupColumns.length) : [...lines.values()];
}

/** Every series gets every bucket, so that a quiet month is a zero and not a missing point. */
function fillTimeline(
  lines: readonly Line[],
  { group, buckets }: NonNullable<Assembly['timeline']>,
  groupCount: number,
): readonly Line[] {
  const series = new Map<string, Line>();
  for (const line of lines) {
    const key = JSON.stringify([line.keys.toSpliced(group, 1), line.currency]);
    if (!series.has(key)) series.set(key, line);
  }
  if (series.size === 0 && groupCount === 1) series.set('', { cells: [null], keys: [null], currency: null });
  return [...series.values()].flatMap((line) =>
    buckets.map((bucket) => ({
      cells: line.cells.with(group, bucket),
      keys: line.keys.with(group, bucket),
      currency: line.currency,
    })),
  );
}

/** Nothing found is zero for counts and sums, and unknown for averages, percentiles and extremes. */
function partValue(part: SimpleMetric, found: number | null | undefined): number | null {
  const isZeroWhenEmpty = ['count', 'count_distinct', 'sum'].includes(part.measure.aggregate);
  return found ?? (isZeroWhenEmpty ? 0 : null);
}

function metricValue(
  metric: MetricDefinition,
  parts: readonly SimpleMetric[],
  find: (partId: string) => number | null | undefined,
): number | null {
  if (metric.type === 'derived') {
    const values = new Map(parts.map((part) => [part.id, partValue(part, find(part.id))]));
    return computeFormula(
      metric.formula,
      (name) => metric.constants[name]?.value ?? values.get(name) ?? null,
    );
  }
  const [first, second] = parts.map((part) => partValue(part, find(part.id)));
  if (metric.type === 'simple') return first ?? null;
  if (first === null || first === undefined || !second) return null;
  return first / second;
}

/** Money is written with its currency when there is one; otherwise the currency has its own column or is unknown. */
function shownFormat(metric: MetricDefinition, currencies: readonly (string | null)[]): ValueFormat {
  if (metric.format.kind !== 'money') return metric.format;
  const known = currencies.length > 0 || metric.type !== 'derived' ? currencies : constantCurrencies(metric);
  const [only] = known;
  return known.length === 1 && only !== null && only !== undefined
    ? { kind: 'money', currency: only }
    : { kind: 'number' };
}

/** Orders, then cuts: whole series of a course over time, single rows of everything else. */
function cut(
  assembly: Assembly,
  columns: readonly AnswerColumn[],
  rows: readonly (readonly CellValue[])[],
): Omit<Assembled, 'against'> {
  const { plan, timeline } = assembly;
  const timeColumn = timeline ? assembly.groupColumns[timeline.group]?.id : undefined;
  const byTime = timeline && (plan.orderBy.length === 0 || plan.orderBy[0]?.by === timeColumn);
  const firstMetric = columns.findIndex((column) => column.role === 'metric');
  const order = plan.orderBy.map(({ by, direction }) => ({
    at: columns.findIndex(({ id }) => id === by),
    direction,
  }));
  if (byTime) {
    const kept = largestSeries(assembly, rows, timeline.group, firstMetric);
    const sorted = kept.rows.toSorted(
      compareRows(order.length > 0 ? order : [{ at: timeline.group, direction: 'asc' }]),
    );
    return { columns, rows: sorted, truncated: kept.truncated };
  }
  const isTimed = assembly.groupColumns.findIndex(
    (column) => column.type === 'date' || column.type === 'instant',
  );
  const standard =
    isTimed >= 0
      ? [{ at: isTimed, direction: 'asc' as const }]
      : [{ at: firstMetric, direction: 'desc' as const }];
  const inOrder = rows.toSorted(compareRows(order.length > 0 ? order : standard));
  const sorted = plan.onePer === undefined ? inOrder : firstOfEach(columns, inOrder, plan.onePer);
  const page = pageOf(plan);
  if (assembly.currencies.length > 1) return cutPerCurrency(columns, sorted, page);
  return { columns, rows: sorted.slice(page.from, page.to), truncated: sorted.length > page.to };
}

/** The first row of each value, in each currency; rows without a value are of none. */
function firstOfEach(
  columns: readonly AnswerColumn[],
  rows: readonly (readonly CellValue[])[],
  dimension: string,
): readonly (readonly CellValue[])[] {
  const at = columns.findIndex(({ id }) => id === dimension);
  const currencyAt = columns.indexOf(currencyColumn);
  const seen = new Set<string>();
  return rows.filter((row) => {
    const value = row[at] ?? null;
    const key = JSON.stringify([value, row[currencyAt] ?? null]);
    if (value === null || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Half-open range of the rows that are shown. */
interface Page {
  readonly from: number;
  readonly to: number;
}

const pageOf = ({ skip = 0, limit }: Assembly['plan']): Page => ({ from: skip, to: skip + limit });

/** 100 EUR are not less than 120 USD: amounts are ranked, and cut, within their own currency. */
function cutPerCurrency(
  columns: readonly AnswerColumn[],
  rows: readonly (readonly CellValue[])[],
  { from, to }: Page,
): Omit<Assembled, 'against'> {
  const at = columns.indexOf(currencyColumn);
  const perCurrency = new Map<CellValue, (readonly CellValue[])[]>();
  for (const row of rows) {
    const currency = row[at] ?? null;
    const own = perCurrency.get(currency);
    if (own) own.push(row);
    else perCurrency.set(currency, [row]);
  }
  const largestFirst = [...perCurrency].sort(
    ([a, some], [b, others]) => others.length - some.length || compareCells(a, b, 'asc'),
  );
  return {
    columns,
    rows: largestFirst.flatMap(([, own]) => own.slice(from, to)),
    truncated: largestFirst.some(([, own]) => own.length > to),
  };
}

/** The limit of a course over time counts lines on the chart, not points; the largest by the first metric stay. */
function largestSeries(
  { plan, groupColumns }: Assembly,
  rows: readonly (readonly CellValue[])[],
  timeAt: number,
  metricAt: number,
): { readonly rows: readonly (readonly CellValue[])[]; readonly truncated: boolean } {
  const series = new Map<string, { total: number; rows: (readonly CellValue[])[] }>();
  for (const row of rows) {
    const key = JSON.stringify(row.slice(0, metricAt).toSpliced(timeAt, 1));
    const entry = series.get(key) ?? { total: 0, rows: [] };
    const value = row[metricAt];
    entry.total += typeof value === 'number' ? Math.abs(value) : 0;
    entry.rows.push(row);
    series.set(key, entry);
  }
  if (groupColumns.length < 2) return { rows, truncated: false };
  const ranked = [...series.values()].sort((a, b) => b.total - a.total);
  const { from, to } = pageOf(plan);
  return {
    rows: ranked.slice(from, to).flatMap((entry) => entry.rows),
    truncated: ranked.length > to,
  };
}

type Order = readonly { readonly at: number; readonly direction: 'asc' | 'desc' }[];

/** Unknown values come last either way; what is equal is ordered by the groups, so that answers repeat exactly. */
function compareRows(order: Order): (a: readonly CellValue[], b: readonly CellValue[]) => number {
  return (a, b) => {
    for (const { at, direction } of order) {
      const difference = compareCells(a[at] ?? null, b[at] ?? null, direction);
      if (difference !== 0) return difference;
    }
    for (const [index, cell] of a.entries()) {
      const difference = compareCells(cell, b[index] ?? null, 'asc');
      if (difference !== 0) return difference;
    }
    return 0;
  };
}

function compareCells(a: CellValue, b: CellValue, direction: 'asc' | 'desc'): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  const sign = direction === 'asc' ? 1 : -1;
  if (typeof a === 'string' && typeof b === 'string') return sign * (a < b ? -1 : 1);
  return sign * (Number(a) - Number(b));
}
