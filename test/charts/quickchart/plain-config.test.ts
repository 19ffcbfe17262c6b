import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainChart } from '../../../src/charts/quickchart/plain-config.ts';
import { plainUnit } from '../../../src/charts/quickchart/plain-units.ts';
import { toneColours } from '../../../src/charts/theme.ts';
import { anyChartSpec } from '../any-chart-spec.ts';
import {
  aGaugeChart,
  aHorizontalBarChart,
  aKpiStripChart,
  aLineChart,
  aStackedBarChart,
  aVolumeChart,
} from '../examples.ts';

// Read back as the host reads it.
const config = (spec: Parameters<typeof plainChart>[0]) =>
  JSON.parse(JSON.stringify(plainChart(spec).config));

describe('plainChart', () => {
  it('holds nothing that JSON cannot hold, whatever the spec', () => {
    fc.assert(
      fc.property(anyChartSpec, (spec) => {
        const built = plainChart(spec).config;
        expect(JSON.parse(JSON.stringify(built))).toEqual(withoutNegativeZero(built));
      }),
      { numRuns: 300 },
    );
  });

  it('draws a threshold as a dashed data set across a hidden axis, in the unit of the chart', () => {
    const chart = config(aLineChart());
    expect(chart.data.datasets.at(-1)).toMatchObject({
      label: 'Target 4 h',
      data: [
        { x: 0, y: 4 },
        { x: 1, y: 4 },
      ],
      xAxisID: 'span',
      borderDash: [7, 5],
      borderColor: toneColours.critical.graphic,
    });
    expect(chart.options.scales.y.title.text).toBe('hours');
    expect(chart.data.datasets[0].data[11]).toBeCloseTo(5.9, 9);
  });

  it('draws the expected band as a filled pair of data sets and enlarges marked points', () => {
    const [opened, , lower, upper] = config(aVolumeChart()).data.datasets;
    expect(lower.data[0]).toBe(29);
    expect(upper).toMatchObject({ fill: '-1', label: 'Expected for the weekday' });
    expect(opened.pointRadius.findIndex((radius: number) => radius === 7)).toBe(10);
    expect(opened.data[11]).toBeNull();
  });

  it('stacks bars', () => {
    const chart = config(aStackedBarChart());
    expect(chart.options.scales.x.stacked && chart.options.scales.y.stacked).toBe(true);
    expect(chart.data.datasets.map((one: { label: string }) => one.label)).toEqual([
      'Urgent',
      'High',
      'Normal',
      'Low',
      'Capacity 55 a day',
    ]);
  });

  it('fills a gauge up to the value and says the value in words', () => {
    const chart = config(aGaugeChart());
    expect(chart.data.datasets[0].data[0]).toBeCloseTo(0.58, 9);
    expect(chart.data.datasets[0].backgroundColor[0]).toBe(toneColours.warning.graphic);
    expect(chart.options.plugins.subtitle.text[0]).toBe('58, Warning, down 12 in 7 days');
  });

  it('writes value and note behind the name of a horizontal bar', () => {
    expect(config(aHorizontalBarChart()).data.labels[0]).toEqual([
      'Globex Corporation: 19',
      '$420K, renews 2 Apr',
    ]);
  });

  it('names thresholds of horizontal bars below the headline', () => {
    expect(config(aHorizontalBarChart()).options.plugins.subtitle.text.at(-1)).toBe(
      'Critical below 50, Good from 70',
    );
  });

  it('gives every KPI tile a line of its own and its numbers in the legend', () => {
    const chart = config(aKpiStripChart());
    expect(chart.data.datasets[1].label).toBe('SLA compliance: 94.2 %, down 1.8 points, below 95 %');
    expect(chart.data.datasets.map((one: { yAxisID: string }) => one.yAxisID)).toEqual([
      'tile0',
      'tile1',
      'tile2',
      'tile3',
    ]);
    // Axes grow upwards: the first tile is the last axis.
    expect(Object.keys(chart.options.scales)).toEqual(['x', 'tile3', 'tile2', 'tile1', 'tile0']);
  });

  it('says so when there is no data', () => {
    expect(config(aHorizontalBarChart({ bars: [] })).options.plugins.subtitle.text.at(-1)).toBe(
      'No data in this range',
    );
  });
});

describe('plainUnit', () => {
  it.each([
    [[90], 'seconds', 1],
    [[120, 3600], 'minutes', 1 / 60],
    [[7200], 'hours', 1 / 3600],
    [[200_000], 'days', 1 / 86_400],
    [[], 'seconds', 1],
  ])('counts durations of %j in %s', (values, name, factor) => {
    expect(plainUnit({ kind: 'duration' }, values)).toEqual({ name, factor });
  });

  it('counts shares in percent and names the currency of money', () => {
    expect(plainUnit({ kind: 'percent' }, [0.5])).toEqual({ name: '%', factor: 100 });
    expect(plainUnit({ kind: 'money', currency: 'EUR' }, [5])).toEqual({ name: 'EUR', factor: 1 });
  });
});

function withoutNegativeZero(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNegativeZero);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withoutNegativeZero(one)]));
  }
  return value === 0 ? 0 : value;
}
