import type { Chart, ChartDataset } from 'chart.js';
import type { LineChart } from '../chart-spec.ts';
import { drawableValue } from '../drawn-number.ts';
import { formatShort } from '../format-value.ts';
import { pictureSizes, wideHeight } from '../picture-sizes.ts';
import { ink, pickSeriesColours, toneColours, typeSizes } from '../theme.ts';
import { lastLabelRoom, valueScale, wordScale } from './cartesian-scales.ts';
import { drawWithChartJs, type Layer } from './chartjs.ts';
import { bandLayer } from './expected-band.ts';
import type { ChartFonts } from './fonts.ts';
import { drawMarker, type LegendItem, layOutHeader, markerShapes } from './header.ts';
import { alongPath, type Box, type Point, placeLabel, type Surroundings } from './label-placement.ts';
import { numberAxis } from './number-axis.ts';
import { type Context, type Drawing, textRuler } from './sheet.ts';
import { cutToWidth } from './text-fit.ts';
import { drawHaloText, drawThresholdPills, spanAxis, thresholdDatasets } from './thresholds.ts';

/** Lines over categories, with gaps, an expected band, thresholds and marked points. */
export function drawLineChart(spec: LineChart, fonts: ChartFonts): Drawing {
  const { width } = pictureSizes.wide;
  const colours = pickSeriesColours(spec.series.map((series) => series.tone));
  const header = layOutHeader({ ...spec, width, fonts, legend: legendOf(spec, colours) });
  const thresholds = spec.thresholds ?? [];
  const axis = numberAxis(
    [
      ...spec.series.flatMap((series) => series.values),
      ...(spec.band?.lower ?? []),
      ...(spec.band?.upper ?? []),
      ...thresholds.map((threshold) => threshold.value),
    ].filter((value) => value !== null),
    { format: spec.format, zero: 'when-near' },
  );
  return drawWithChartJs({
    width,
    height: wideHeight(header.height),
    header,
    fonts,
    type: 'line',
    data: {
      labels: [...spec.labels],
      datasets: [
        ...spec.series.map((_, index) => lineDataset(spec, index, colours)),
        ...(thresholdDatasets(thresholds, 'y', 'lines') as unknown as ChartDataset<
          'line',
          (number | null)[]
        >[]),
      ],
    },
    options: {
      layout: {
        padding: { left: 14, right: 14 + lastLabelRoom(spec.labels, fonts), top: header.height, bottom: 12 },
      },
      scales: {
        x: wordScale(spec.labels, fonts, width - 100, spec.labels.length === 1),
        y: valueScale(axis, spec.format, fonts),
        span: spanAxis('x'),
      },
    },
    layers: [...(spec.band === undefined ? [] : [bandLayer(spec.band)]), annotations(spec, fonts, colours)],
  });
}

function legendOf(spec: LineChart, colours: readonly string[]): readonly LegendItem[] {
  const items: LegendItem[] = spec.series.map((series, index) => ({
    name: series.name,
    colour: colours[index] ?? ink.body,
    sign: 'line',
    ...(spec.series.length > 1 ? { marker: markerOf(index) } : {}),
  }));
  if (spec.band !== undefined) items.push({ name: spec.band.name, colour: ink.bandEdge, sign: 'band' });
  return items;
}

function markerOf(index: number) {
  return markerShapes[index % markerShapes.length] ?? 'circle';
}

function lineDataset(
  spec: LineChart,
  index: number,
  colours: readonly string[],
): ChartDataset<'line', (number | null)[]> {
  const values = spec.series[index]?.values ?? [];
  const colour = colours[index] ?? ink.body;
  const isAlone = spec.series.length === 1 && spec.band === undefined;
  return {
    label: spec.series[index]?.name ?? '',
    data: values.map((value) => (value === null ? null : drawableValue(value))),
    borderColor: colour,
    backgroundColor: isAlone ? `${colour}1c` : colour,
    fill: isAlone ? 'origin' : false,
    borderWidth: values.length > 150 ? 2 : 3,
    borderJoinStyle: 'round',
    borderCapStyle: 'round',
    pointRadius: 0,
    spanGaps: false,
  };
}

/** Points, marks, threshold labels and the newest value: everything that must know where the lines went. */
function annotations(spec: LineChart, fonts: ChartFonts, colours: readonly string[]): Layer {
  return {
    name: 'line annotations',
    moment: 'over-data',
    draw: (context, chart) => {
      const paths = spec.series.map((series, index) => pathOf(chart, index, series.values));
      drawPoints(context, paths, colours);
      const { left, top, right, bottom } = chart.chartArea;
      const around: Surroundings = {
        area: { left, top: top - 4, width: right - left + 16, height: bottom - top },
        taken: [],
        points: paths.flatMap((path) => alongPath(path)),
      };
      const pills = drawThresholdPills(
        context,
        fonts,
        spec.thresholds ?? [],
        (value) => chart.scales['y']?.getPixelForValue(value) ?? 0,
        around,
      );
      const marks = drawMarks(context, fonts, spec, paths[0] ?? [], { ...around, taken: pills });
      if (spec.series.length === 1) {
        drawNewestValue(context, fonts, spec, paths[0] ?? [], { ...around, taken: marks });
      }
    },
  };
}

function pathOf(
  chart: Chart,
  dataset: number,
  values: readonly (number | null)[],
): readonly (Point | null)[] {
  const drawn = chart.getDatasetMeta(dataset).data;
  return values.map((value, index) => {
    const element = drawn[index];
    return value === null || element === undefined ? null : { x: element.x, y: element.y };
  });
}

/**
 * Every point while they are few; with several lines a shape now and then, so that lines can be told apart without
 * colour; and always a point that has gaps on both sides, which no line would show.
 */
function drawPoints(
  context: Context,
  paths: readonly (readonly (Point | null)[])[],
  colours: readonly string[],
): void {
  for (const [index, path] of paths.entries()) {
    const every = path.length <= 16 ? 1 : Math.ceil(path.length / 8);
    for (const [at, point] of path.entries()) {
      if (point === null) continue;
      const isLonely = (path[at - 1] ?? null) === null && (path[at + 1] ?? null) === null;
      const isTurn = paths.length > 1 ? (at + index) % every === 0 : every === 1;
      if (!isLonely && !isTurn) continue;
      context.fillStyle = ink.paper;
      const shape = paths.length > 1 ? markerOf(index) : 'circle';
      drawMarker(context, shape, point.x, point.y, 6);
      context.fillStyle = colours[index] ?? ink.body;
      drawMarker(context, shape, point.x, point.y, 4.5);
    }
  }
}

function drawMarks(
  context: Context,
  fonts: ChartFonts,
  spec: LineChart,
  path: readonly (Point | null)[],
  around: Surroundings,
): readonly Box[] {
  const measure = textRuler(fonts, typeSizes.small, 600);
  const taken = [...around.taken];
  for (const mark of spec.marks ?? []) {
    const point = path[mark.index];
    if (point === null || point === undefined) continue;
    const colours = toneColours[mark.tone];
    context.beginPath();
    context.arc(point.x, point.y, 8, 0, 2 * Math.PI);
    context.fillStyle = ink.paper;
    context.fill();
    context.lineWidth = 3;
    context.strokeStyle = colours.graphic;
    context.stroke();
    context.fillStyle = colours.graphic;
    drawMarker(context, 'circle', point.x, point.y, 3.5);
    if (mark.label === '') continue;
    const text = cutToWidth(mark.label, around.area.width * 0.5, measure);
    const box = placeLabel(labelPlaces(point, measure(text) + 6), { ...around, taken });
    drawHaloText(context, fonts, text, box, colours.text);
    taken.push(box);
  }
  return taken;
}

function drawNewestValue(
  context: Context,
  fonts: ChartFonts,
  spec: LineChart,
  path: readonly (Point | null)[],
  around: Surroundings,
): void {
  const at = path.findLastIndex((point) => point !== null);
  const [point, value] = [path[at], spec.series[0]?.values[at]];
  const isMarked = (spec.marks ?? []).some((mark) => mark.index === at);
  if (point === null || point === undefined || value === null || value === undefined || isMarked) return;
  const tone = spec.series[0]?.tone;
  const text = formatShort(value, spec.format);
  const width = textRuler(fonts, typeSizes.small, 600)(text) + 6;
  context.fillStyle = tone === undefined ? ink.title : toneColours[tone].text;
  drawMarker(context, 'circle', point.x, point.y, 5);
  const box = placeLabel(labelPlaces(point, width), around);
  drawHaloText(context, fonts, text, box, tone === undefined ? ink.title : toneColours[tone].text);
}

/** Above, below, then to the sides of a point. */
function labelPlaces(point: Point, width: number): readonly Box[] {
  const height = 20;
  const places = [
    [point.x - width / 2, point.y - height - 11],
    [point.x - width / 2, point.y + 11],
    [point.x - width - 12, point.y - height / 2],
    [point.x + 12, point.y - height / 2],
    [point.x - width / 2, point.y - height - 34],
    [point.x - width / 2, point.y + 34],
  ] as const;
  return places.map(([left, top]) => ({ left, top, width, height }));
}
