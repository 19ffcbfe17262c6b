import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { z } from 'zod';
import type { ChartSpec } from '../../src/charts/chart-spec.ts';
import { type chartSpecSchema, parseChartSpec } from '../../src/charts/chart-spec-schema.ts';
import { anyChartSpec } from './any-chart-spec.ts';
import { aGaugeChart, aKpiStripChart, aLineChart, aStackedBarChart, examples } from './examples.ts';
import { hostile } from './hostile.ts';

const stored = (spec: unknown): unknown => JSON.parse(JSON.stringify(spec));

describe('parseChartSpec', () => {
  it('has exactly the type of the contract', () => {
    expectTypeOf<z.infer<typeof chartSpecSchema>>().toEqualTypeOf<ChartSpec>();
  });

  it.each(Object.entries({ ...examples, ...hostile }))('reads back what was stored: %s', (_name, spec) => {
    expect(parseChartSpec(stored(spec))).toEqual(stored(spec));
  });

  it('reads back any valid spec unchanged', () => {
    fc.assert(
      fc.property(anyChartSpec, (spec) => {
        expect(parseChartSpec(stored(spec))).toEqual(stored(spec));
      }),
      { numRuns: 200 },
    );
  });

  it.each<[string, unknown, string]>([
    ['an unknown kind', { ...aLineChart(), kind: 'pie' }, 'kind'],
    ['a key that is not in the contract', { ...aLineChart(), colour: 'red' }, 'colour'],
    ['fewer values than labels', aLineChart({ series: [{ name: 'Short', values: [1] }] }), 'series'],
    ['a band without a bound per label', aLineChart({ band: { name: 'B', lower: [1], upper: [2] } }), 'band'],
    ['a mark beyond the labels', aLineChart({ marks: [{ index: 14, label: 'x', tone: 'good' }] }), 'marks'],
    ['a column without its value', aStackedBarChart({ series: [{ name: 'Short', values: [1] }] }), 'series'],
    ['a number that JSON could not hold', aGaugeChart({ value: Number.NaN }), 'value'],
    ['a gauge whose ends are swapped', aGaugeChart({ minimum: 100, maximum: 0, bands: [] }), 'maximum'],
    [
      'bands that do not ascend',
      aGaugeChart({
        bands: [
          { upTo: 60, label: 'a', tone: 'good' },
          { upTo: 40, label: 'b', tone: 'good' },
          { upTo: 100, label: 'c', tone: 'good' },
        ],
      }),
      'bands',
    ],
    [
      'a last band that ends before the maximum',
      aGaugeChart({ bands: [{ upTo: 60, label: 'a', tone: 'good' }] }),
      'bands',
    ],
    ['a single tile', aKpiStripChart({ tiles: aKpiStripChart().tiles.slice(0, 1) }), 'tiles'],
    ['a currency that is no code', aLineChart({ format: { kind: 'money', currency: 'euro' } }), 'currency'],
    [
      'a tone nobody knows',
      { ...aStackedBarChart(), thresholds: [{ value: 1, label: 'x', tone: 'pink' }] },
      'tone',
    ],
    ['an alt text Slack would refuse', aLineChart({ altText: 'x'.repeat(2_001) }), 'altText'],
  ])('refuses %s and names the place', (_what, spec, place) => {
    expect(() => parseChartSpec(spec)).toThrow(place);
  });
});
