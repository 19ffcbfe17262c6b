import fc from 'fast-check';
import type { ChartSpec, Tone, ValueFormat } from '../../src/charts/chart-spec.ts';

/** Any spec the contract allows, odd ones preferred. */

const text = fc.oneof(
  fc.string({ maxLength: 60, unit: 'grapheme' }),
  fc.string({ maxLength: 200, unit: 'binary' }),
  fc.constantFrom(
    '',
    ' ',
    'Northwind Traders',
    '日本電気',
    '🚨🚨',
    '\u202eevil',
    'W'.repeat(200),
    'i i i i '.repeat(30),
  ),
);
// JSON keeps no negative zero.
const value = fc
  .oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer({ min: -1000, max: 100_000 }),
    fc.constantFrom(0, 1, -1, 1e300, -1e300, 5e-324, Number.MAX_VALUE),
  )
  .map((number) => number + 0);
const tone = fc.constantFrom<Tone>('neutral', 'good', 'notice', 'warning', 'critical');
const format: fc.Arbitrary<ValueFormat> = fc.oneof(
  fc.record({ kind: fc.constant('number' as const) }),
  fc.record({ kind: fc.constant('number' as const), decimals: fc.integer({ min: 0, max: 10 }) }),
  fc.record({ kind: fc.constant('percent' as const) }),
  fc.record({ kind: fc.constant('money' as const), currency: fc.constantFrom('USD', 'EUR', 'JPY', 'XYZ') }),
  fc.record({ kind: fc.constant('duration' as const) }),
);
const base = { title: text, subtitle: text, altText: fc.string({ maxLength: 100 }) };
const thresholds = fc.array(fc.record({ value, label: text, tone }), { maxLength: 4 });
const pointCount = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 12 }) },
  { weight: 1, arbitrary: fc.constant(400) },
);

function exactly<T>(arbitrary: fc.Arbitrary<T>, length: number): fc.Arbitrary<T[]> {
  return fc.array(arbitrary, { minLength: length, maxLength: length });
}

const line = pointCount.chain((count) => {
  const values = exactly(fc.option(value, { freq: 4 }), count);
  return fc.record(
    {
      ...base,
      kind: fc.constant('line' as const),
      labels: exactly(text, count),
      series: fc.array(fc.record({ name: text, values, tone }, { requiredKeys: ['name', 'values'] }), {
        maxLength: 12,
      }),
      band: fc.record({ name: text, lower: values, upper: values }),
      thresholds,
      marks: fc.array(
        fc.record({ index: fc.integer({ min: 0, max: Math.max(0, count - 1) }), label: text, tone }),
        { maxLength: count === 0 ? 0 : 3 },
      ),
      format,
    },
    { requiredKeys: ['kind', 'title', 'subtitle', 'altText', 'labels', 'series', 'format'] },
  );
});

const stackedBar = pointCount.chain((count) =>
  fc.record(
    {
      ...base,
      kind: fc.constant('stacked-bar' as const),
      labels: exactly(text, count),
      series: fc.array(
        fc.record({ name: text, values: exactly(value, count), tone }, { requiredKeys: ['name', 'values'] }),
        { maxLength: 12 },
      ),
      thresholds,
      format,
    },
    { requiredKeys: ['kind', 'title', 'subtitle', 'altText', 'labels', 'series', 'format'] },
  ),
);

const gauge = fc.uniqueArray(value, { minLength: 2, maxLength: 8 }).chain((limits) => {
  const [minimum = 0, ...ends] = [...limits].sort((one, other) => one - other);
  const labels = exactly(fc.record({ label: text, tone }), ends.length);
  return fc.record({
    ...base,
    kind: fc.constant('gauge' as const),
    value,
    minimum: fc.constant(minimum),
    maximum: fc.constant(ends.at(-1) ?? 1),
    bands: fc.oneof(
      fc.constant([]),
      labels.map((all) => all.map((one, index) => ({ ...one, upTo: ends[index] ?? 1 }))),
    ),
    caption: text,
    format,
  });
});

const horizontalBar = fc.record(
  {
    ...base,
    kind: fc.constant('horizontal-bar' as const),
    bars: fc.array(
      fc.record({ label: text, value, tone, note: text }, { requiredKeys: ['label', 'value'] }),
      { maxLength: 30 },
    ),
    thresholds,
    format,
  },
  { requiredKeys: ['kind', 'title', 'subtitle', 'altText', 'bars', 'format'] },
);

const kpiStrip = fc.record({
  ...base,
  kind: fc.constant('kpi-strip' as const),
  tiles: fc.array(
    fc.record({ label: text, value: text, change: text, tone, history: fc.array(value, { maxLength: 30 }) }),
    { minLength: 2, maxLength: 5 },
  ),
});

export const anyChartSpec: fc.Arbitrary<ChartSpec> = fc.oneof(
  line,
  stackedBar,
  gauge,
  horizontalBar,
  kpiStrip,
);
