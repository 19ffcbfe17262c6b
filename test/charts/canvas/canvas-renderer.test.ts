import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCanvasRenderer } from '../../../src/charts/canvas/canvas-renderer.ts';
import { pngSize } from '../../../src/charts/quickchart/png-header.ts';
import { healthBandColours, ink, seriesColours, toneColours } from '../../../src/charts/theme.ts';
import { anyChartSpec } from '../any-chart-spec.ts';
import {
  aGaugeChart,
  aHorizontalBarChart,
  aKpiStripChart,
  aLineChart,
  aStackedBarChart,
  aVolumeChart,
  examples,
} from '../examples.ts';
import { hostile } from '../hostile.ts';
import { decode, isDark } from '../pixels.ts';

const renderer = createCanvasRenderer();
const drawn = async (spec: Parameters<typeof renderer.render>[0]) => decode(await renderer.render(spec));

describe('every kind', () => {
  it.each(Object.entries(examples))(
    'draws a PNG of more than 10 kB at twice the layout size: %s',
    async (_name, spec) => {
      const image = await renderer.render(spec);
      expect(image.png.length).toBeGreaterThan(10_000);
      expect(pngSize(image.png)).toEqual({ width: image.width, height: image.height });
      expect(image.width).toBe(spec.kind === 'gauge' ? 800 : 1200);
      expect(image.altText).toBe(spec.altText);
    },
  );

  it('keeps the documented sizes: 600x370 for plots, 400x240 for a gauge', async () => {
    for (const spec of [aLineChart(), aStackedBarChart()]) {
      expect(await renderer.render(spec)).toMatchObject({ width: 1200, height: 740 });
    }
    expect(await renderer.render(aGaugeChart())).toMatchObject({ width: 800, height: 480 });
  });

  it.each(Object.entries(examples))('stands on opaque white paper: %s', async (_name, spec) => {
    const pixels = await drawn(spec);
    expect(pixels.isOpaque).toBe(true);
    const [right, bottom] = [pixels.width - 1, pixels.height - 1];
    expect([pixels.at(0, 0), pixels.at(right, 0), pixels.at(0, bottom), pixels.at(right, bottom)]).toEqual(
      new Array(4).fill('#ffffff'),
    );
  });

  it.each(Object.entries(examples))(
    'writes the title, and nothing when there is none: %s',
    async (_name, spec) => {
      const title = { left: 20, top: 8, width: 360, height: 28 };
      expect((await drawn(spec)).count(title, isDark)).toBeGreaterThan(400);
      const untitled = await drawn({ ...spec, title: '', subtitle: '' });
      expect(untitled.count({ ...title, height: 6 }, isDark)).toBe(0);
    },
  );

  it.each(Object.entries(examples))('gives the same bytes for the same spec: %s', async (_name, spec) => {
    const [one, other] = await Promise.all(
      [createCanvasRenderer(), createCanvasRenderer()].map((fresh) => fresh.render(spec)),
    );
    expect(Buffer.compare(Buffer.from(one?.png ?? []), Buffer.from(other?.png ?? [1]))).toBe(0);
  });

  it.each(Object.entries(hostile))('draws something sensible: %s', async (_name, spec) => {
    const pixels = await drawn(spec);
    expect(pixels.isOpaque).toBe(true);
    const page = { left: 0, top: 0, width: pixels.width, height: pixels.height };
    expect(pixels.count(page, (colour) => colour !== '#ffffff')).toBeGreaterThan(2_000);
    // Nothing touches the edge, where chat clients would show it cut off.
    const edges = [
      { ...page, width: 1 },
      { ...page, left: page.width - 1, width: 1 },
      { ...page, height: 1 },
      { ...page, top: page.height - 1, height: 1 },
    ];
    expect(edges.map((edge) => pixels.count(edge, (colour) => colour !== '#ffffff'))).toEqual([0, 0, 0, 0]);
  });

  it('draws any valid spec without throwing', async () => {
    await fc.assert(
      fc.asyncProperty(anyChartSpec, async (spec) => {
        const image = await renderer.render(spec);
        expect(pngSize(image.png)).toEqual({ width: image.width, height: image.height });
      }),
      { numRuns: 120 },
    );
  }, 120_000);
});

describe('line', () => {
  // A second line without values keeps the ground below the first one white.
  const none = { name: 'None', values: [null, null, null, null, null] };
  const steps = aLineChart({
    labels: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'],
    series: [{ name: 'Steps', values: [30, 14, 14, 14, 14] }, none],
    thresholds: [{ value: 22, label: '', tone: 'critical' }],
    marks: [],
    format: { kind: 'number' },
  });
  /** Height of a value, by the grid lines that are seen: the highest stands for `top`, the lowest for zero. */
  const scaleOf = (pixels: Awaited<ReturnType<typeof drawn>>, top: number) => {
    const rows = pixels.rowsWith(450, [ink.grid, ink.axis]).filter((row) => row > 80);
    const [highest, lowest] = [rows[0] ?? 0, rows.at(-1) ?? 0];
    return (value: number) => lowest - (value / top) * (lowest - highest);
  };

  it('draws a dashed threshold in its tone at its height, over the whole plot', async () => {
    const pixels = await drawn(steps);
    const expected = scaleOf(pixels, 30)(22);
    const red = pixels.columnsWith(expected, [toneColours.critical.graphic]);
    expect(red[0]).toBeLessThan(60);
    expect(red.at(-1)).toBeGreaterThan(540);
    // Seven on, five off: about 7/12 of the width is drawn.
    const share = red.length / 2 / ((red.at(-1) ?? 0) - (red[0] ?? 0));
    expect(share).toBeGreaterThan(0.5);
    expect(share).toBeLessThan(0.67);
  });

  it('draws the line at its value', async () => {
    const pixels = await drawn(steps);
    const expected = scaleOf(pixels, 30)(14);
    // Between two points, so that no marker is hit.
    const rows = pixels.rowsWith(240, [seriesColours[0]]).filter((row) => row > 80);
    const middle = ((rows[0] ?? 0) + (rows.at(-1) ?? 0)) / 2;
    expect(Math.abs(middle - expected)).toBeLessThan(1);
  });

  it('fills the expected band between its bounds and leaves a gap where a bound is missing', async () => {
    const spec = aVolumeChart({
      labels: ['a', 'b', 'c', 'd', 'e'],
      series: [{ name: 'One', values: [90, 90, 90, 90, 100] }],
      band: { name: 'Expected', lower: [20, 20, 20, null, 20], upper: [60, 60, 60, 60, 60] },
      marks: [],
    });
    const pixels = await drawn(spec);
    const y = scaleOf(pixels, 100);
    const xOf = (index: number) => {
      const axis = pixels.columnsWith(y(0), [ink.axis]);
      const [left, right] = [axis[0] ?? 0, axis.at(-1) ?? 0];
      return left + (index / 4) * (right - left);
    };
    expect(pixels.at(xOf(0.5), y(50))).toBe(ink.band);
    expect(pixels.at(xOf(0.5), y(30))).toBe(ink.band);
    expect(pixels.at(xOf(0.5), y(70))).toBe(ink.paper);
    expect(pixels.at(xOf(0.5), y(10))).toBe(ink.paper);
    expect(pixels.at(xOf(2.6), y(50))).toBe(ink.paper);
    expect(pixels.at(xOf(3.4), y(50))).toBe(ink.paper);
  });

  it('leaves a gap in the line where a value is missing', async () => {
    const gap = await drawn({
      ...steps,
      thresholds: [],
      series: [{ name: 'Gap', values: [10, 10, null, 10, 10] }, none],
    });
    const whole = await drawn({ ...steps, thresholds: [] });
    const plot = { left: 240, top: 100, width: 140, height: 220 };
    const blue = (colour: string) => colour === seriesColours[0];
    expect(whole.count(plot, blue)).toBeGreaterThan(500);
    expect(gap.count(plot, blue)).toBe(0);
  });

  it('shows a point that has gaps on both sides', async () => {
    const lonely = await drawn({
      ...steps,
      thresholds: [],
      series: [{ name: 'Lonely', values: [null, null, 10, null, null] }],
    });
    const plot = { left: 240, top: 100, width: 140, height: 220 };
    expect(
      lonely.count(plot, (colour) => colour === seriesColours[0] || colour === ink.title),
    ).toBeGreaterThan(100);
  });

  it('rings a marked point in its tone', async () => {
    const marked = {
      ...steps,
      thresholds: [],
      marks: [{ index: 2, label: 'Odd', tone: 'warning' as const }],
    };
    const orange = (colour: string) => colour === toneColours.warning.graphic;
    const plot = { left: 240, top: 100, width: 140, height: 220 };
    expect((await drawn(marked)).count(plot, orange)).toBeGreaterThan(80);
    expect((await drawn({ ...marked, marks: [] })).count(plot, orange)).toBe(0);
  });
});

describe('stacked bar', () => {
  it('draws the parts in proportion to their values, in stacking order from the bottom', async () => {
    const pixels = await drawn(
      aStackedBarChart({
        labels: ['Mon'],
        series: [
          { name: 'Urgent', values: [10], tone: 'critical' },
          { name: 'Low', values: [30], tone: 'neutral' },
        ],
        thresholds: [],
      }),
    );
    const red = pixels.columnsWith(pixels.height - 60, [toneColours.critical.graphic]);
    const x = (red[0] ?? 0) + 6;
    const redRows = pixels.rowsWith(x, [toneColours.critical.graphic]).filter((row) => row > 100);
    const greyRows = pixels.rowsWith(x, [toneColours.neutral.graphic]).filter((row) => row > 100);
    // One layout pixel of paper at each edge of a part is its seam.
    const ratio = (greyRows.length / 2 + 2) / (redRows.length / 2 + 2);
    expect(ratio).toBeCloseTo(3, 0);
    expect(Math.max(...greyRows)).toBeLessThan(Math.min(...redRows));
  });

  it('gives every column the same width whether or not there is a threshold', async () => {
    const widths = await Promise.all(
      [[], [{ value: 55, label: 'Capacity', tone: 'neutral' as const }]].map(async (thresholds) => {
        const pixels = await drawn(aStackedBarChart({ thresholds }));
        return pixels.columnsWith(pixels.height - 53, [toneColours.critical.graphic]).length;
      }),
    );
    expect(widths[0]).toBeGreaterThan(300);
    expect(widths[1]).toBe(widths[0]);
  });
});

describe('gauge', () => {
  it('shows the five health bands in their colours, from churn risk to excellent (S4-03)', async () => {
    const pixels = await drawn(aGaugeChart());
    const order = ['churnRisk', 'critical', 'warning', 'good', 'excellent'] as const;
    const all = Object.values(healthBandColours);
    const coloured = Array.from({ length: 240 }, (_, y) => pixels.columnsWith(y, all)).map((columns, y) => ({
      columns,
      y,
    }));
    const base = coloured.filter(({ columns }) => columns.length > 20).at(-3);
    const [left, right] = [base?.columns[0] ?? 0, base?.columns.at(-1) ?? 0];
    const [centre, radius] = [(left + right) / 2, ((right - left) / 2) * 0.87];
    const seen = [12.5, 37.5, 66, 77.5, 92.5].map((score) => {
      const angle = Math.PI * (1 + score / 100);
      return pixels.at(centre + radius * Math.cos(angle), (base?.y ?? 0) + radius * Math.sin(angle));
    });
    expect(seen).toEqual(order.map((band) => healthBandColours[band]));
  });

  it('points at the value', async () => {
    const tip = async (value: number) => {
      const pixels = await drawn(aGaugeChart({ value }));
      const dark = pixels.columnsWith(100, [ink.title]);
      return dark.length === 0 ? null : ((dark[0] ?? 0) + (dark.at(-1) ?? 0)) / 2;
    };
    expect(await tip(40)).toBeLessThan(200);
    expect(await tip(50)).toBeCloseTo(200, 0);
    expect(await tip(60)).toBeGreaterThan(200);
  });
});

describe('horizontal bar', () => {
  it('draws lengths in proportion to the values and thresholds at theirs', async () => {
    const pixels = await drawn(
      aHorizontalBarChart({
        bars: [
          { label: 'One', value: 100, tone: 'good' },
          { label: 'Two', value: 25, tone: 'good' },
        ],
        thresholds: [{ value: 50, label: '', tone: 'critical' }],
      }),
    );
    const fill = [toneColours.good.graphic];
    const rows = Array.from({ length: pixels.height }, (_, y) => pixels.columnsWith(y, fill)).filter(
      (columns) => columns.length > 0,
    );
    const long = rows.find((columns) => (columns.at(-1) ?? 0) > 400) ?? [];
    const short = rows.at(-4) ?? [];
    const left = long[0] ?? 0;
    const [longWidth, shortWidth] = [long, short].map((columns) => (columns.at(-1) ?? 0) - left);
    expect((longWidth ?? 0) / (shortWidth ?? 1)).toBeCloseTo(4, 1);
    const redAt = Array.from({ length: pixels.height }, (_, y) =>
      pixels.columnsWith(y, [toneColours.critical.graphic]),
    ).find((columns) => columns.length > 0);
    expect(redAt?.[0]).toBeCloseTo(left + (longWidth ?? 0) / 2, -0.5);
  });

  it('grows with its rows and says how many it left out', async () => {
    const height = async (count: number) =>
      (
        await renderer.render(
          aHorizontalBarChart({
            bars: Array.from({ length: count }, (_, index) => ({ label: `Account ${index}`, value: index })),
          }),
        )
      ).height;
    expect(await height(10)).toBeGreaterThan(await height(5));
    expect(await height(16)).toBeGreaterThan(await height(15));
    expect(await height(400)).toBe(await height(16));
  });
});

describe('KPI strip', () => {
  it('draws a sparkline for every tile with a history', async () => {
    const { tiles } = aKpiStripChart();
    const still = aKpiStripChart({ tiles: tiles.map((tile) => ({ ...tile, history: [] })) });
    const [withLines, without] = [await drawn(aKpiStripChart()), await drawn(still)];
    for (const [index, tone] of (['critical', 'warning', 'good', 'neutral'] as const).entries()) {
      const tile = {
        left: index % 2 === 0 ? 40 : 330,
        top: index < 2 ? 90 : 228,
        width: 250,
        height: 60,
      };
      const inTone = (colour: string) => colour === toneColours[tone].graphic;
      expect(withLines.count(tile, inTone)).toBeGreaterThan(without.count(tile, inTone) + 300);
    }
  });
});
