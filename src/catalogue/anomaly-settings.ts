import { join } from 'node:path';
import { z } from 'zod';
import type { AnomalySeries, AnomalySettings, RowFilter, SeriesMeasure } from '../domain/anomaly-settings.ts';
import { entities } from '../domain/record-fields.ts';
import type { Result } from '../toolkit/issue.ts';
import { readYaml } from './read-yaml.ts';
import { heedTables } from './tables.ts';

const id = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'must be lower case words joined by _');
const column = id;
const whole = z.int().positive();
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a day like 2026-12-25');

const filter = z.union([
  z
    .strictObject({ column, in: z.array(z.string()).min(1) })
    .transform((one): RowFilter => ({ kind: 'in', column: one.column, values: one.in })),
  z
    .strictObject({ column, at_most: z.number() })
    .transform((one): RowFilter => ({ kind: 'at-most', column: one.column, limit: one.at_most })),
  z
    .strictObject({ column, known: z.literal(true) })
    .transform((one): RowFilter => ({ kind: 'known', column: one.column })),
]);

const writtenSeries = z.strictObject({
  id,
  label: z.string().min(1),
  noun: z.string().min(1),
  table: id,
  time: column,
  grain: z.enum(['hour', 'day']),
  kind: z.enum(['count', 'share', 'time', 'amount']),
  sum: column.optional(),
  share_of: filter.optional(),
  median: column.optional(),
  where: z.array(filter).default([]),
  segments: z.array(column).default([]),
  total: z.boolean().default(true),
  least_rows: whole.default(30),
  least_cases: whole.default(10),
});

type WrittenSeries = z.infer<typeof writtenSeries>;

const anomaliesFile = z
  .strictObject({
    threshold: z.number().min(2).max(10),
    history_days: z.int().min(21).max(180),
    holidays: z.array(day).default([]),
    largest_segments: z.int().min(0).max(50),
    series: z.array(writtenSeries),
    share_outliers: z.strictObject({ days: whole, least_cases: z.int().min(2), factor: z.number().min(1) }),
  })
  .transform((file, context): AnomalySettings => {
    const complain = (index: number, key: string, message: string) =>
      context.addIssue({ code: 'custom', path: ['series', index, key], message });
    const seen = new Set<string>();
    const series = file.series.map((one, index) => {
      if (seen.has(one.id)) complain(index, 'id', `there are two series "${one.id}"`);
      seen.add(one.id);
      return toSeries(one, (key, message) => complain(index, key, message));
    });
    return {
      threshold: file.threshold,
      historyDays: file.history_days,
      holidays: new Set(file.holidays),
      largestSegments: file.largest_segments,
      series,
      shareOutliers: {
        days: file.share_outliers.days,
        leastCases: file.share_outliers.least_cases,
        factor: file.share_outliers.factor,
      },
    };
  });

function toSeries(one: WrittenSeries, complain: (key: string, message: string) => void): AnomalySeries {
  const columns = heedTables[one.table];
  const measure = measureOf(one);
  if (columns === undefined) complain('table', `there is no table "${one.table}"`);
  const timeType = columns?.[one.time];
  if (columns !== undefined && timeType !== 'instant' && timeType !== 'date')
    complain('time', `"${one.time}" is not a column with a time`);
  for (const [key, name] of columnsOf(one, measure))
    if (columns !== undefined && columns[name] === undefined)
      complain(key, `the table "${one.table}" has no column "${name}"`);
  const wanted = { count: ['rows', 'sum'], amount: ['sum'], share: ['share'], time: ['median'] }[one.kind];
  if (!wanted.includes(measure.kind))
    complain(
      'kind',
      `a ${one.kind} needs ${wanted.map((name) => keyOf[name as SeriesMeasure['kind']]).join(' or ')}`,
    );
  if (one.grain === 'hour' && (timeType === 'date' || measure.kind === 'median'))
    complain('grain', 'dates and medians are watched by day');
  if (!one.total && one.segments.length === 0) complain('total', 'without segments nothing is left to watch');
  return {
    id: one.id,
    label: one.label,
    noun: one.noun,
    table: one.table,
    time: one.time,
    isDated: timeType === 'date',
    grain: one.grain,
    kind: one.kind,
    measure,
    where: one.where,
    segments: one.segments,
    hasTotal: one.total,
    leastRows: one.least_rows,
    leastCases: one.least_cases,
    hasDeletedRows: (entities as readonly string[]).includes(one.table),
  };
}

const keyOf: Readonly<Record<SeriesMeasure['kind'], string>> = {
  rows: 'neither sum nor share_of nor median',
  sum: 'sum',
  share: 'share_of',
  median: 'median',
};

function measureOf({ sum, share_of: of, median }: WrittenSeries): SeriesMeasure {
  if (of !== undefined) return { kind: 'share', of };
  if (median !== undefined) return { kind: 'median', column: median };
  return sum === undefined ? { kind: 'rows' } : { kind: 'sum', column: sum };
}

function columnsOf(one: WrittenSeries, measure: SeriesMeasure): readonly (readonly [string, string])[] {
  const measured = measure.kind === 'sum' || measure.kind === 'median' ? [measure.column] : [];
  return [
    ...one.segments.map((name) => ['segments', name] as const),
    ...one.where.map((each) => ['where', each.column] as const),
    ...(measure.kind === 'share' ? [['share_of', measure.of.column] as const] : []),
    ...measured.map((name) => [keyOf[measure.kind], name] as const),
  ];
}

/**
 * Loads `anomalies.yml` of a catalogue folder.
 *
 * @param folder absolute path of the catalogue
 * @returns the settings, or every mistake with file and line
 */
export function loadAnomalySettings(folder: string): Result<AnomalySettings> {
  return readYaml(join(folder, 'anomalies.yml'), anomaliesFile);
}
