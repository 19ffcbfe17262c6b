import { exhaustive } from '../../toolkit/exhaustive.ts';
import type {
  ChartSpec,
  GaugeChart,
  HorizontalBarChart,
  KpiStripChart,
  LineChart,
  StackedBarChart,
} from '../chart-spec.ts';
import { drawableValue, shareBetween } from '../drawn-number.ts';
import { formatValue } from '../format-value.ts';
import { hasData, noDataText } from '../has-data.ts';
import { pictureSizes } from '../picture-sizes.ts';
import { ink, pickSeriesColours, seriesColours, toneColours } from '../theme.ts';
import {
  type JsonObject,
  options,
  scaled,
  spanAxis,
  thresholdLines,
  valueAxis,
  wordAxis,
} from './plain-parts.ts';
import { plainUnit } from './plain-units.ts';

/** A Chart.js 4 config and the layout size it is meant for. */
export interface PlainChart {
  readonly width: number;
  readonly height: number;
  readonly config: JsonObject;
}

/**
 * Builds a Chart.js 4 config of plain data. What needs drawing code of our own is written as text instead:
 *
 * | kind | without plugins |
 * |---|---|
 * | line | thresholds and band as data sets named in the legend; marked points are larger, their label is in the alt text |
 * | stacked bar | the same thresholds; no numbers inside the columns |
 * | gauge | a half doughnut filled up to the value, which stands in the headline with its caption |
 * | horizontal bar | value and note behind the name; thresholds named below the headline |
 * | KPI strip | one small line per tile, below each other; value and change in the legend |
 */
export function plainChart(spec: ChartSpec): PlainChart {
  if (!hasData(spec)) return noDataChart(spec);
  switch (spec.kind) {
    case 'line':
      return lineChart(spec);
    case 'stacked-bar':
      return stackedBarChart(spec);
    case 'gauge':
      return gaugeChart(spec);
    case 'horizontal-bar':
      return horizontalBarChart(spec);
    case 'kpi-strip':
      return kpiStripChart(spec);
    default:
      return exhaustive(spec);
  }
}

function lineChart(spec: LineChart): PlainChart {
  const thresholds = spec.thresholds ?? [];
  const numbers = [
    ...spec.series.flatMap((series) => series.values),
    ...thresholds.map(({ value }) => value),
  ].filter((value) => value !== null);
  const unit = plainUnit(spec.format, numbers);
  const colours = pickSeriesColours(spec.series.map((series) => series.tone));
  const marks = new Map((spec.marks ?? []).map((mark) => [mark.index, toneColours[mark.tone].graphic]));
  const series = spec.series.map((one, index) => {
    const colour = colours[index] ?? ink.body;
    const marked = (at: number) => (index === 0 ? marks.get(at) : undefined);
    return {
      label: one.name,
      data: scaled(one.values, unit),
      borderColor: colour,
      backgroundColor: colour,
      borderWidth: 3,
      fill: false,
      // A point between two gaps has no line to show it.
      pointRadius: one.values.map((_, at) =>
        marked(at) !== undefined ? 7 : isLonely(one.values, at) ? 4 : 0,
      ),
      pointBackgroundColor: one.values.map((_, at) => marked(at) ?? colour),
    };
  });
  const band =
    spec.band === undefined
      ? []
      : [
          {
            label: `${spec.band.name}, lower`,
            data: scaled(spec.band.lower, unit),
            ...bandLine,
            fill: false,
          },
          { label: spec.band.name, data: scaled(spec.band.upper, unit), ...bandLine, fill: '-1' },
        ];
  const { width, height } = pictureSizes.wide;
  return {
    width,
    height,
    config: {
      type: 'line',
      data: {
        labels: spec.labels,
        datasets: [...series, ...band, ...thresholdLines(thresholds, 'y', unit)],
      },
      options: {
        ...options(spec, true),
        scales: { x: wordAxis, y: valueAxis(unit, startsAtZero(numbers)), span: spanAxis('x') },
      },
    },
  };
}

/** Unless the values lie close together far from zero, where detail matters more. */
function startsAtZero(values: readonly number[]): boolean {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return high - low >= 0.35 * Math.max(Math.abs(low), Math.abs(high));
}

const bandLine = {
  borderColor: ink.bandEdge,
  backgroundColor: ink.band,
  borderWidth: 1,
  pointRadius: 0,
  // Behind the lines.
  order: 10,
};

function isLonely(values: readonly (number | null)[], at: number): boolean {
  return (values[at - 1] ?? null) === null && (values[at + 1] ?? null) === null;
}

function stackedBarChart(spec: StackedBarChart): PlainChart {
  const thresholds = spec.thresholds ?? [];
  const unit = plainUnit(spec.format, [
    ...spec.series.flatMap((series) => series.values),
    ...thresholds.map(({ value }) => value),
  ]);
  const colours = pickSeriesColours(spec.series.map((series) => series.tone));
  const bars = spec.series.map((series, index) => ({
    label: series.name,
    data: scaled(series.values, unit),
    backgroundColor: colours[index] ?? ink.body,
    stack: 'parts',
    grouped: false,
    maxBarThickness: 72,
  }));
  const { width, height } = pictureSizes.wide;
  return {
    width,
    height,
    config: {
      type: 'bar',
      data: { labels: spec.labels, datasets: [...bars, ...thresholdLines(thresholds, 'y', unit)] },
      options: {
        ...options(spec, true),
        scales: {
          x: { ...wordAxis, stacked: true },
          y: { ...valueAxis(unit, true), stacked: true },
          span: spanAxis('x'),
        },
      },
    },
  };
}

function gaugeChart(spec: GaugeChart): PlainChart {
  const share = shareBetween(spec.value, spec.minimum, spec.maximum);
  const tone = (spec.bands.find((band) => spec.value < band.upTo) ?? spec.bands.at(-1))?.tone ?? 'neutral';
  const reading = [formatValue(spec.value, spec.format), spec.caption]
    .filter((part) => part !== '')
    .join(', ');
  const { width, height } = pictureSizes.gauge;
  return {
    width,
    height,
    config: {
      type: 'doughnut',
      data: {
        labels: ['Value', 'Rest'],
        datasets: [
          {
            data: [share, 1 - share],
            backgroundColor: [toneColours[tone].graphic, ink.grid],
            borderWidth: 0,
          },
        ],
      },
      options: {
        ...options({ title: spec.title, subtitle: `${reading}\n${spec.subtitle}` }, false),
        rotation: -90,
        circumference: 180,
        cutout: '72%',
      },
    },
  };
}

/** As many rows as stay readable; the message around the picture lists the rest. */
const rowLimit = 15;

function horizontalBarChart(spec: HorizontalBarChart): PlainChart {
  const thresholds = spec.thresholds ?? [];
  const bars = spec.bars.slice(0, rowLimit);
  const unit = plainUnit(
    spec.format,
    [...bars, ...thresholds].map(({ value }) => value),
  );
  // A legend would name the bars too, which the headline does.
  const lines = thresholds.map(({ label }) => label).join(', ');
  const names = bars.map((bar) => {
    const head = `${bar.label}: ${formatValue(bar.value, spec.format)}`;
    return bar.note === undefined || bar.note === '' ? [head] : [head, bar.note];
  });
  const fills = bars.map((bar) =>
    bar.tone === undefined ? seriesColours[0] : toneColours[bar.tone].graphic,
  );
  return {
    width: pictureSizes.wide.width,
    height: Math.max(200, 130 + bars.length * 44),
    config: {
      type: 'bar',
      data: {
        labels: names,
        datasets: [
          {
            label: spec.title,
            data: scaled(
              bars.map(({ value }) => value),
              unit,
            ),
            backgroundColor: fills,
            grouped: false,
          },
          ...thresholdLines(thresholds, 'x', unit),
        ],
      },
      options: {
        ...options({ title: spec.title, subtitle: [spec.subtitle, lines].join('\n').trim() }, false),
        indexAxis: 'y',
        scales: { x: valueAxis(unit, true), y: wordAxis, span: spanAxis('y') },
      },
    },
  };
}

function kpiStripChart(spec: KpiStripChart): PlainChart {
  const datasets = spec.tiles.map((tile, index) => ({
    label: `${tile.label}: ${tile.value}, ${tile.change}`,
    data: tile.history.map((y, at) => ({
      x: at / Math.max(1, tile.history.length - 1),
      y: drawableValue(y),
    })),
    yAxisID: `tile${index}`,
    borderColor: toneColours[tile.tone].graphic,
    backgroundColor: toneColours[tile.tone].graphic,
    borderWidth: 3,
    pointRadius: 0,
    fill: false,
  }));
  // Stacked axes grow upwards, so the last one named stands on top.
  const axes = spec.tiles.map((_, index) => [
    `tile${spec.tiles.length - 1 - index}`,
    { type: 'linear', axis: 'y', position: 'left', stack: 'tiles', offset: true, display: false },
  ]);
  return {
    width: pictureSizes.wide.width,
    height: 150 + spec.tiles.length * 60,
    config: {
      type: 'line',
      data: { datasets },
      options: {
        ...options(spec, true),
        scales: {
          x: { type: 'linear', display: false },
          ...(Object.fromEntries(axes) as Record<string, JsonObject>),
        },
      },
    },
  };
}

function noDataChart(spec: ChartSpec): PlainChart {
  return {
    width: pictureSizes.wide.width,
    height: 180,
    config: {
      type: 'bar',
      data: { labels: [], datasets: [] },
      options: {
        ...options({ title: spec.title, subtitle: `${spec.subtitle}\n${noDataText}` }, false),
        scales: { x: { display: false }, y: { display: false } },
      },
    },
  };
}
