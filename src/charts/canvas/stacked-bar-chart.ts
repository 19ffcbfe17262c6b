import type { Chart, ChartDataset } from 'chart.js';
import type { StackedBarChart } from '../chart-spec.ts';
import { drawableValue } from '../drawn-number.ts';
import { formatShort } from '../format-value.ts';
import { pictureSizes, wideHeight } from '../picture-sizes.ts';
import { ink, pickSeriesColours, textOn, typeSizes } from '../theme.ts';
import { valueScale, wordScale } from './cartesian-scales.ts';
import { drawWithChartJs, type Layer } from './chartjs.ts';
import type { ChartFonts } from './fonts.ts';
import { layOutHeader } from './header.ts';
import type { Box } from './label-placement.ts';
import { numberAxis } from './number-axis.ts';
import { type Context, type Drawing, drawText, textRuler } from './sheet.ts';
import { drawThresholdPills, spanAxis, thresholdDatasets } from './thresholds.ts';

/** Columns of stacked parts, with the parts' numbers inside where they fit and the totals on top. */
export function drawStackedBarChart(spec: StackedBarChart, fonts: ChartFonts): Drawing {
  const { width } = pictureSizes.wide;
  const colours = pickSeriesColours(spec.series.map((series) => series.tone));
  const header = layOutHeader({
    ...spec,
    width,
    fonts,
    legend: spec.series.map((series, index) => ({
      name: series.name,
      colour: colours[index] ?? ink.body,
      sign: 'square',
    })),
  });
  const thresholds = spec.thresholds ?? [];
  const stacks = spec.labels.map((_, index) => stackAt(spec, index));
  const axis = numberAxis(
    [...stacks.flatMap((stack) => [stack.above, stack.below]), ...thresholds.map(({ value }) => value)],
    { format: spec.format, zero: 'always', headroom: 0.06 },
  );
  return drawWithChartJs({
    width,
    height: wideHeight(header.height),
    header,
    fonts,
    type: 'bar',
    data: {
      labels: [...spec.labels],
      datasets: [
        ...spec.series.map((_, index) => barDataset(spec, index, colours)),
        ...(thresholdDatasets(thresholds, 'y', 'bars') as unknown as ChartDataset<'bar', number[]>[]),
      ],
    },
    options: {
      layout: { padding: { left: 14, right: 20, top: header.height, bottom: 12 } },
      scales: {
        x: { ...wordScale(spec.labels, fonts, width - 100, true), stacked: true },
        y: { ...valueScale(axis, spec.format, fonts), stacked: true },
        span: spanAxis('x'),
      },
    },
    layers: [barLabels(spec, fonts, colours, stacks)],
  });
}

interface Stack {
  /** Sum of the positive parts: how high the column stands. */
  readonly above: number;
  /** Sum of the negative parts. */
  readonly below: number;
}

function stackAt(spec: StackedBarChart, index: number): Stack {
  const parts = spec.series.map((series) => drawableValue(series.values[index] ?? 0));
  return {
    above: parts.filter((part) => part > 0).reduce((sum, part) => sum + part, 0),
    below: parts.filter((part) => part < 0).reduce((sum, part) => sum + part, 0),
  };
}

function barDataset(
  spec: StackedBarChart,
  index: number,
  colours: readonly string[],
): ChartDataset<'bar', number[]> {
  const columns = spec.labels.length;
  return {
    label: spec.series[index]?.name ?? '',
    data: (spec.series[index]?.values ?? []).map(drawableValue),
    backgroundColor: colours[index] ?? ink.body,
    // A paper-coloured seam keeps neighbours apart without colour; thin columns would be eaten by it.
    borderColor: ink.paper,
    borderWidth: columns <= 60 ? 1 : 0,
    borderSkipped: false,
    categoryPercentage: columns <= 60 ? 0.84 : 1,
    barPercentage: columns <= 60 ? 0.92 : 1,
    maxBarThickness: 72,
    stack: 'parts',
    // The thresholds' own axis would otherwise be given a share of every column's width.
    grouped: false,
  };
}

function barLabels(
  spec: StackedBarChart,
  fonts: ChartFonts,
  colours: readonly string[],
  stacks: readonly Stack[],
): Layer {
  return {
    name: 'bar labels',
    moment: 'over-data',
    draw: (context, chart) => {
      spec.series.forEach((series, index) => {
        drawPartLabels(
          context,
          fonts,
          spec,
          series.values,
          boxesOf(chart, index),
          colours[index] ?? ink.body,
        );
      });
      const totals = drawTotals(context, fonts, spec, chart, stacks);
      const { left, top, right, bottom } = chart.chartArea;
      drawThresholdPills(
        context,
        fonts,
        spec.thresholds ?? [],
        (value) => chart.scales['y']?.getPixelForValue(value) ?? 0,
        {
          area: { left, top: top - 6, width: right - left, height: bottom - top },
          taken: totals,
          points: spec.series.flatMap((_, index) => boxesOf(chart, index).flatMap(grainsOf)),
        },
      );
    },
  };
}

function boxesOf(chart: Chart, dataset: number): readonly Box[] {
  return chart.getDatasetMeta(dataset).data.map((element) => {
    const { x, y, base, width } = element.getProps(['x', 'y', 'base', 'width'], true) as unknown as {
      x: number;
      y: number;
      base: number;
      width: number;
    };
    return { left: x - width / 2, top: Math.min(y, base), width, height: Math.abs(base - y) };
  });
}

/** A few points per part, so that a threshold's label prefers to lie beside the columns. */
function grainsOf(box: Box): readonly { x: number; y: number }[] {
  if (box.height < 1) return [];
  return [0.1, 0.5, 0.9].flatMap((down) =>
    [0.1, 0.5, 0.9].map((across) => ({ x: box.left + across * box.width, y: box.top + down * box.height })),
  );
}

function drawPartLabels(
  context: Context,
  fonts: ChartFonts,
  spec: StackedBarChart,
  values: readonly number[],
  boxes: readonly Box[],
  colour: string,
): void {
  const measure = textRuler(fonts, typeSizes.small, 600);
  // With a single series the total on top says the same.
  if (spec.series.length < 2) return;
  boxes.forEach((box, index) => {
    const value = values[index] ?? 0;
    const text = formatShort(value, spec.format);
    if (value === 0 || box.height < typeSizes.small + 4 || measure(text) > box.width - 6) return;
    drawText(context, fonts, text, box.left + box.width / 2, box.top + box.height / 2 + 0.5, {
      size: typeSizes.small,
      weight: 600,
      colour: textOn(colour),
      align: 'center',
      baseline: 'middle',
    });
  });
}

/** Net totals above the columns: all of them, or none where they would touch each other. */
function drawTotals(
  context: Context,
  fonts: ChartFonts,
  spec: StackedBarChart,
  chart: Chart,
  stacks: readonly Stack[],
): readonly Box[] {
  const [x, y] = [chart.scales['x'], chart.scales['y']];
  const measure = textRuler(fonts, typeSizes.small, 600);
  const texts = stacks.map((stack) => formatShort(stack.above + stack.below, spec.format));
  const slot = (chart.chartArea.right - chart.chartArea.left) / Math.max(1, stacks.length);
  if (x === undefined || y === undefined || texts.some((text) => measure(text) > slot - 4)) return [];
  return texts.map((text, index) => {
    const middle = x.getPixelForValue(index);
    const baseline = y.getPixelForValue(stacks[index]?.above ?? 0) - 6;
    drawText(context, fonts, text, middle, baseline, {
      size: typeSizes.small,
      weight: 600,
      colour: ink.title,
      align: 'center',
    });
    const width = measure(text);
    return { left: middle - width / 2, top: baseline - 13, width, height: 16 };
  });
}
