import type { Chart } from 'chart.js';
import type { GaugeChart, Tone } from '../chart-spec.ts';
import { shareBetween } from '../drawn-number.ts';
import { formatShort, formatValue } from '../format-value.ts';
import { pictureSizes } from '../picture-sizes.ts';
import { ink, toneColours } from '../theme.ts';
import { drawWithChartJs, type Layer } from './chartjs.ts';
import type { ChartFonts } from './fonts.ts';
import { layOutHeader } from './header.ts';
import { type Context, type Drawing, drawText, textRuler } from './sheet.ts';
import { cutToWidth, fitNumber, wrapToWidth } from './text-fit.ts';

/** From below the header to the bottom edge. */
const dialHeight = 178;

/** A half circle of bands with a pointer; the number and its caption stand in the middle. */
export function drawGaugeChart(spec: GaugeChart, fonts: ChartFonts): Drawing {
  const { width } = pictureSizes.gauge;
  const header = layOutHeader({ ...spec, width, fonts, compact: true });
  // Longer headlines make the picture taller, never the dial smaller.
  const height = Math.round(Math.max(pictureSizes.gauge.height, header.height + dialHeight));
  const bands =
    spec.bands.length > 0 ? spec.bands : [{ upTo: spec.maximum, label: '', tone: 'neutral' as const }];
  const shares = bands.map((band, index) => {
    const from = bands[index - 1]?.upTo ?? spec.minimum;
    return shareOf(spec, band.upTo) - shareOf(spec, from);
  });
  return drawWithChartJs({
    width,
    height,
    header,
    fonts,
    type: 'doughnut',
    data: {
      datasets: [
        {
          data: shares,
          backgroundColor: [...bandColours(bands.map((band) => band.tone))],
          borderColor: ink.paper,
          borderWidth: 2,
        },
      ],
    },
    options: {
      rotation: -90,
      circumference: 180,
      cutout: '74%',
      layout: { padding: { left: 48, right: 48, top: header.height + 12, bottom: 44 } },
    },
    layers: [dial(spec, fonts, height)],
  });
}

/**
 * Bands that follow each other in one tone differ in shade: the outer one is the stronger, as excellent stands
 * beyond good, and churn risk beyond critical.
 */
export function bandColours(tones: readonly Tone[]): readonly string[] {
  return tones.map((tone, index) => {
    const { graphic, second } = toneColours[tone];
    const before = twins(tones, index, -1);
    const after = twins(tones, index, 1);
    if (before + after === 0) return graphic;
    // The first shade of good is its strongest; in the other tones the second is.
    if (tone === 'good') return after % 2 === 0 ? graphic : second;
    return before % 2 === 0 ? second : graphic;
  });
}

/** How many bands of the same tone follow without a break in one direction. */
function twins(tones: readonly Tone[], index: number, step: 1 | -1): number {
  let count = 0;
  while (tones[index + (count + 1) * step] === tones[index]) count += 1;
  return count;
}

function shareOf(spec: GaugeChart, value: number): number {
  return shareBetween(value, spec.minimum, spec.maximum);
}

interface Ring {
  readonly x: number;
  readonly y: number;
  readonly inner: number;
  readonly outer: number;
}

function dial(spec: GaugeChart, fonts: ChartFonts, height: number): Layer {
  return {
    name: 'dial',
    moment: 'over-data',
    draw: (context, chart) => {
      const ring = ringOf(chart);
      drawBoundaries(context, fonts, spec, ring);
      // At the very ends half of the pointer would stand below the ring.
      drawPointer(context, ring, Math.min(0.985, Math.max(0.015, shareOf(spec, spec.value))));
      drawReading(context, fonts, spec, ring, height);
    },
  };
}

function ringOf(chart: Chart): Ring {
  const arc = chart.getDatasetMeta(0).data[0];
  const props = arc?.getProps(['x', 'y', 'innerRadius', 'outerRadius'], true) as unknown as {
    x: number;
    y: number;
    innerRadius: number;
    outerRadius: number;
  };
  return { x: props.x, y: props.y, inner: props.innerRadius, outer: props.outerRadius };
}

/** The ends below the ring, the limits between bands outside of it. */
function drawBoundaries(context: Context, fonts: ChartFonts, spec: GaugeChart, ring: Ring): void {
  const style = { size: 12, colour: ink.quiet } as const;
  const thickness = ring.outer - ring.inner;
  const measure = textRuler(fonts, style.size);
  for (const [value, side] of [
    [spec.minimum, -1],
    [spec.maximum, 1],
  ] as const) {
    const text = cutToWidth(formatShort(value, spec.format), 90, measure);
    const x = ring.x + side * (ring.outer - thickness / 2);
    drawText(context, fonts, text, x, ring.y + 5, { ...style, align: 'center', baseline: 'top' });
  }
  let lastShare = 0;
  for (const band of spec.bands.slice(0, -1)) {
    const share = shareOf(spec, band.upTo);
    // Neighbouring limits closer than this would print over each other.
    if (share - lastShare < 0.06 || share > 0.97) continue;
    lastShare = share;
    const angle = Math.PI * (1 + share);
    const x = ring.x + Math.cos(angle) * (ring.outer + 8);
    const y = ring.y + Math.sin(angle) * (ring.outer + 8);
    const align = Math.abs(share - 0.5) < 0.06 ? 'center' : share < 0.5 ? 'right' : 'left';
    const text = cutToWidth(formatShort(band.upTo, spec.format), 60, measure);
    drawText(context, fonts, text, x, y, { ...style, align, baseline: 'middle' });
  }
}

/** A wedge across the ring with a paper edge, so that it is seen on every band. */
function drawPointer(context: Context, ring: Ring, share: number): void {
  const angle = Math.PI * (1 + share);
  const at = (radius: number, turn: number) => ({
    x: ring.x + Math.cos(angle) * radius - Math.sin(angle) * turn,
    y: ring.y + Math.sin(angle) * radius + Math.cos(angle) * turn,
  });
  const corners = [at(ring.outer + 3, 0), at(ring.inner - 11, 8), at(ring.inner - 11, -8)];
  context.beginPath();
  for (const corner of corners) context.lineTo(corner.x, corner.y);
  context.closePath();
  context.lineJoin = 'round';
  context.lineWidth = 5;
  context.strokeStyle = ink.paper;
  context.stroke();
  context.fillStyle = ink.title;
  context.fill();
}

function drawReading(
  context: Context,
  fonts: ChartFonts,
  spec: GaugeChart,
  ring: Ring,
  height: number,
): void {
  const room = 2 * (ring.inner - 20);
  const written = formatValue(spec.value, spec.format);
  const size = [42, 36, 30, 24, 18].find((one) => textRuler(fonts, one, 600)(written) <= room) ?? 15;
  const text = fitNumber(spec.value, spec.format, room, textRuler(fonts, size, 600));
  drawText(context, fonts, text, ring.x, ring.y - 6, {
    size,
    weight: 600,
    colour: ink.title,
    align: 'center',
  });
  const tone = (spec.bands.find((band) => spec.value < band.upTo) ?? spec.bands.at(-1))?.tone ?? 'neutral';
  const captionSize = 15;
  const lines = wrapToWidth(
    spec.caption,
    pictureSizes.gauge.width - 40,
    1,
    textRuler(fonts, captionSize, 600),
  );
  drawText(context, fonts, lines[0] ?? '', ring.x, height - 11, {
    size: captionSize,
    weight: 600,
    colour: toneColours[tone].text,
    align: 'center',
  });
}
