import type { Chart, ChartDataset } from 'chart.js';
import type { HorizontalBarChart } from '../chart-spec.ts';
import { drawableValue } from '../drawn-number.ts';
import { formatValue } from '../format-value.ts';
import { pictureSizes } from '../picture-sizes.ts';
import { ink, seriesColours, toneColours, typeSizes } from '../theme.ts';
import { drawWithChartJs, type Layer } from './chartjs.ts';
import type { ChartFonts } from './fonts.ts';
import { type Header, layOutHeader, pageMargin } from './header.ts';
import { numberAxis } from './number-axis.ts';
import { type Context, type Drawing, drawText, textRuler } from './sheet.ts';
import { cutToWidth, fitNumber } from './text-fit.ts';
import { drawPill, pillHeight, spanAxis, thresholdDatasets } from './thresholds.ts';

/** More rows than this are counted instead of drawn. */
const rowLimit = 15;
const thresholdRow = pillHeight + 8;
const footerHeight = 26;

interface Layout {
  readonly header: Header;
  readonly height: number;
  readonly rowHeight: number;
  readonly labelWidth: number;
  readonly valueWidth: number;
  readonly omitted: number;
}

/** Rows of name, bar and value, with a note under the name; the picture grows with the rows. */
export function drawHorizontalBarChart(whole: HorizontalBarChart, fonts: ChartFonts): Drawing {
  const { width } = pictureSizes.wide;
  const spec = { ...whole, bars: whole.bars.slice(0, rowLimit) };
  const layout = layOut(whole, fonts);
  const thresholds = spec.thresholds ?? [];
  const axis = numberAxis([...spec.bars.map((bar) => bar.value), ...thresholds.map(({ value }) => value)], {
    format: spec.format,
    zero: 'always',
  });
  return drawWithChartJs({
    width,
    height: layout.height,
    header: layout.header,
    fonts,
    type: 'bar',
    data: {
      labels: spec.bars.map((_, index) => String(index)),
      datasets: [
        {
          data: spec.bars.map((bar) => drawableValue(bar.value)),
          backgroundColor: spec.bars.map((bar) =>
            bar.tone === undefined ? seriesColours[0] : toneColours[bar.tone].graphic,
          ),
          borderRadius: 3,
          barThickness: 22,
          // The thresholds' own axis would otherwise be given a share of every row's height.
          grouped: false,
        },
        ...(thresholdDatasets(thresholds, 'x', 'bars') as unknown as ChartDataset<'bar', number[]>[]),
      ],
    },
    options: {
      indexAxis: 'y',
      layout: {
        padding: {
          left: pageMargin + layout.labelWidth + 14,
          right: pageMargin + layout.valueWidth + 12,
          top: layout.header.height + (thresholds.length > 0 ? thresholdRow : 0),
          bottom: 14 + (layout.omitted > 0 ? footerHeight : 0),
        },
      },
      scales: {
        x: { type: 'linear', display: false, min: axis.minimum, max: axis.maximum },
        y: { type: 'category', display: false, offset: true },
        span: spanAxis('y'),
      },
    },
    layers: [tracks(axis.minimum), words(spec, fonts, layout)],
  });
}

function layOut(spec: HorizontalBarChart, fonts: ChartFonts): Layout {
  const { width } = pictureSizes.wide;
  const header = layOutHeader({ ...spec, width, fonts });
  const rows = spec.bars.slice(0, rowLimit);
  const measure = textRuler(fonts, typeSizes.body, 600);
  const measureNote = textRuler(fonts, typeSizes.small);
  const names = rows.map((bar) => Math.max(measure(bar.label), measureNote(bar.note ?? '')));
  const values = rows.map((bar) => measure(formatValue(bar.value, spec.format)));
  const rowHeight = rows.some((bar) => bar.note !== undefined) ? 48 : 36;
  const omitted = spec.bars.length - rows.length;
  const hasThresholds = (spec.thresholds ?? []).length > 0;
  return {
    header,
    rowHeight,
    omitted,
    labelWidth: Math.min(Math.max(40, ...names), width * 0.42),
    valueWidth: Math.min(Math.max(24, ...values), width * 0.24),
    height: Math.round(
      header.height +
        (hasThresholds ? thresholdRow : 0) +
        Math.max(2, rows.length) * rowHeight +
        14 +
        (omitted > 0 ? footerHeight : 0),
    ),
  };
}

/** A quiet track behind every bar shows how far it could reach. */
function tracks(minimum: number): Layer {
  return {
    name: 'tracks',
    moment: 'behind-data',
    draw: (context, chart) => {
      const { left, right, top, bottom } = chart.chartArea;
      context.fillStyle = ink.panel;
      for (const row of chart.getDatasetMeta(0).data) {
        context.beginPath();
        context.roundRect(left, row.y - 11, right - left, 22, 3);
        context.fill();
      }
      if (minimum >= 0) return;
      const zero = chart.scales['x']?.getPixelForValue(0) ?? left;
      context.strokeStyle = ink.axis;
      context.lineWidth = 1;
      context.beginPath();
      context.moveTo(zero, top);
      context.lineTo(zero, bottom);
      context.stroke();
    },
  };
}

function words(spec: HorizontalBarChart, fonts: ChartFonts, layout: Layout): Layer {
  return {
    name: 'names and values',
    moment: 'over-data',
    draw: (context, chart) => {
      chart.getDatasetMeta(0).data.forEach((row, index) => {
        drawRow(context, fonts, spec, index, row.y, layout);
      });
      drawThresholdLabels(context, fonts, spec, chart);
      if (layout.omitted > 0) {
        const rest = `and ${layout.omitted.toLocaleString('en-US')} more, not drawn`;
        drawText(context, fonts, rest, pageMargin, layout.height - 16, {
          size: typeSizes.small,
          colour: ink.quiet,
        });
      }
    },
  };
}

function drawRow(
  context: Context,
  fonts: ChartFonts,
  spec: HorizontalBarChart,
  index: number,
  middle: number,
  layout: Layout,
): void {
  const bar = spec.bars[index];
  if (bar === undefined) return;
  const hasNote = bar.note !== undefined && bar.note !== '';
  const label = cutToWidth(bar.label, layout.labelWidth, textRuler(fonts, typeSizes.body, 600));
  drawText(context, fonts, label, pageMargin, hasNote ? middle - 9 : middle + 0.5, {
    size: typeSizes.body,
    weight: 600,
    colour: ink.title,
    baseline: 'middle',
  });
  if (hasNote) {
    const note = cutToWidth(bar.note, layout.labelWidth, textRuler(fonts, typeSizes.small));
    drawText(context, fonts, note, pageMargin, middle + 10, {
      size: typeSizes.small,
      colour: ink.quiet,
      baseline: 'middle',
    });
  }
  const value = fitNumber(bar.value, spec.format, layout.valueWidth, textRuler(fonts, typeSizes.body, 600));
  drawText(context, fonts, value, pictureSizes.wide.width - pageMargin, middle + 0.5, {
    size: typeSizes.body,
    weight: 600,
    colour: bar.tone === undefined ? ink.title : toneColours[bar.tone].text,
    align: 'right',
    baseline: 'middle',
  });
}

/** In a row of their own above the bars, each as near to its line as its neighbours allow. */
function drawThresholdLabels(
  context: Context,
  fonts: ChartFonts,
  spec: HorizontalBarChart,
  chart: Chart,
): void {
  const measure = textRuler(fonts, typeSizes.small, 600);
  const room = pictureSizes.wide.width - 2 * pageMargin;
  const pills = [...(spec.thresholds ?? [])]
    .filter((threshold) => threshold.label !== '')
    .sort((one, other) => one.value - other.value)
    .map((threshold) => {
      const text = cutToWidth(threshold.label, room / 2, measure);
      const width = measure(text) + 18;
      const x = chart.scales['x']?.getPixelForValue(drawableValue(threshold.value)) ?? pageMargin;
      return { text, width, tone: threshold.tone, wished: x - width / 2 };
    });
  const lefts = spreadInRow(pills, pageMargin, pageMargin + room, 6);
  pills.forEach((pill, index) => {
    const left = lefts[index];
    if (left === undefined) return;
    const top = chart.chartArea.top - pillHeight - 3;
    drawPill(context, fonts, pill.text, { left, top, width: pill.width, height: pillHeight }, pill.tone);
  });
}

/**
 * Left edges of items in a row that keep their order and do not touch: pushed right where they collide, then back
 * left where they would leave the row. Items that cannot fit get no place; the alt text has them.
 */
export function spreadInRow(
  items: readonly { readonly width: number; readonly wished: number }[],
  start: number,
  end: number,
  gap: number,
): readonly number[] {
  const lefts: number[] = [];
  let free = start;
  let used = 0;
  for (const item of items) {
    used += item.width + gap;
    if (used - gap > end - start) break;
    const left = Math.max(free, item.wished);
    lefts.push(left);
    free = left + item.width + gap;
  }
  let limit = end;
  for (let index = lefts.length - 1; index >= 0; index -= 1) {
    const width = items[index]?.width ?? 0;
    const left = Math.min(lefts[index] ?? start, limit - width);
    lefts[index] = left;
    limit = left - gap;
  }
  return lefts;
}
