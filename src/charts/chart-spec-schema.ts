import { z } from 'zod';
import type { ChartSpec } from './chart-spec.ts';

/** Bounds a stored spec must keep, so that one picture can never take minutes or gigabytes to draw. */
const limits = {
  /** Characters; the drawing cuts a title at about 80, this only stops what is no title at all. */
  textCharacters: 500,
  /** Slack refuses a longer `alt_text`. */
  altTextCharacters: 2_000,
  points: 2_000,
  series: 24,
  bars: 500,
  thresholds: 12,
  marks: 50,
  gaugeBands: 12,
} as const;

const text = z.string().max(limits.textCharacters);
const tone = z.enum(['neutral', 'good', 'notice', 'warning', 'critical']);
const labels = z.array(text).max(limits.points).readonly();
const valuesWithGaps = z.array(z.number().nullable()).max(limits.points).readonly();

const format = z
  .discriminatedUnion('kind', [
    z
      .strictObject({ kind: z.literal('number'), decimals: z.int().min(0).max(10).exactOptional() })
      .readonly(),
    z.strictObject({ kind: z.literal('percent') }).readonly(),
    z.strictObject({ kind: z.literal('money'), currency: z.string().regex(/^[A-Z]{3}$/) }).readonly(),
    z.strictObject({ kind: z.literal('duration') }).readonly(),
  ])
  .readonly();

const thresholds = z
  .array(z.strictObject({ value: z.number(), label: text, tone }).readonly())
  .max(limits.thresholds)
  .readonly()
  .exactOptional();

const base = { title: text, subtitle: text, altText: z.string().max(limits.altTextCharacters) };

const lineChart = z
  .strictObject({
    ...base,
    kind: z.literal('line'),
    labels,
    series: z
      .array(z.strictObject({ name: text, values: valuesWithGaps, tone: tone.exactOptional() }).readonly())
      .max(limits.series)
      .readonly(),
    band: z
      .strictObject({ name: text, lower: valuesWithGaps, upper: valuesWithGaps })
      .readonly()
      .exactOptional(),
    thresholds,
    marks: z
      .array(z.strictObject({ index: z.int().min(0), label: text, tone }).readonly())
      .max(limits.marks)
      .readonly()
      .exactOptional(),
    format,
  })
  .check((context) => {
    const { labels: names, series, band, marks } = context.value;
    const issue = (path: (string | number)[], message: string) =>
      context.issues.push({ code: 'custom', input: context.value, path, message });
    for (const [index, one] of series.entries()) {
      if (one.values.length !== names.length)
        issue(['series', index, 'values'], 'needs one value (or null) per label');
    }
    if (band !== undefined && (band.lower.length !== names.length || band.upper.length !== names.length))
      issue(['band'], 'needs one lower and one upper value (or null) per label');
    for (const [index, mark] of (marks ?? []).entries()) {
      if (mark.index >= names.length) issue(['marks', index, 'index'], 'points at a label that is not there');
    }
  })
  .readonly();

const stackedBarChart = z
  .strictObject({
    ...base,
    kind: z.literal('stacked-bar'),
    labels,
    series: z
      .array(
        z
          .strictObject({
            name: text,
            values: z.array(z.number()).max(limits.points).readonly(),
            tone: tone.exactOptional(),
          })
          .readonly(),
      )
      .max(limits.series)
      .readonly(),
    thresholds,
    format,
  })
  .check((context) => {
    for (const [index, one] of context.value.series.entries()) {
      if (one.values.length === context.value.labels.length) continue;
      context.issues.push({
        code: 'custom',
        input: context.value,
        path: ['series', index, 'values'],
        message: 'needs one value per label',
      });
    }
  })
  .readonly();

const gaugeChart = z
  .strictObject({
    ...base,
    kind: z.literal('gauge'),
    value: z.number(),
    minimum: z.number(),
    maximum: z.number(),
    bands: z
      .array(z.strictObject({ upTo: z.number(), label: text, tone }).readonly())
      .max(limits.gaugeBands)
      .readonly(),
    caption: text,
    format,
  })
  .check((context) => {
    const { minimum, maximum, bands } = context.value;
    const issue = (path: (string | number)[], message: string) =>
      context.issues.push({ code: 'custom', input: context.value, path, message });
    if (minimum >= maximum) issue(['maximum'], 'must be greater than minimum');
    let previous = minimum;
    for (const [index, band] of bands.entries()) {
      if (band.upTo <= previous) issue(['bands', index, 'upTo'], 'must be greater than the one before');
      previous = band.upTo;
    }
    if (bands.length > 0 && previous !== maximum)
      issue(['bands', bands.length - 1, 'upTo'], 'the last band must end at maximum');
  })
  .readonly();

const horizontalBarChart = z
  .strictObject({
    ...base,
    kind: z.literal('horizontal-bar'),
    bars: z
      .array(
        z
          .strictObject({
            label: text,
            value: z.number(),
            tone: tone.exactOptional(),
            note: text.exactOptional(),
          })
          .readonly(),
      )
      .max(limits.bars)
      .readonly(),
    thresholds,
    format,
  })
  .readonly();

const kpiStripChart = z
  .strictObject({
    ...base,
    kind: z.literal('kpi-strip'),
    tiles: z
      .array(
        z
          .strictObject({
            label: text,
            value: text,
            change: text,
            tone,
            history: z.array(z.number()).max(limits.points).readonly(),
          })
          .readonly(),
      )
      .min(2)
      .max(5)
      .readonly(),
  })
  .readonly();

/** Exactly the type `ChartSpec`: no key more, no key less, finite numbers, one value per label. */
export const chartSpecSchema = z.discriminatedUnion('kind', [
  lineChart,
  stackedBarChart,
  gaugeChart,
  horizontalBarChart,
  kpiStripChart,
]) satisfies z.ZodType<ChartSpec>;

/**
 * Reads a chart back from stored JSON.
 *
 * @throws {z.ZodError} naming the path of everything that does not fit
 */
export function parseChartSpec(stored: unknown): ChartSpec {
  return chartSpecSchema.parse(stored);
}
