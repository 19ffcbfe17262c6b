import type { ChartDataset } from 'chart.js';
import type { Threshold } from '../chart-spec.ts';
import { drawableValue } from '../drawn-number.ts';
import { ink, toneColours, typeSizes } from '../theme.ts';
import type { ChartFonts } from './fonts.ts';
import { type Box, placeLabel, type Surroundings } from './label-placement.ts';
import { type Context, drawText, textRuler } from './sheet.ts';
import { cutToWidth } from './text-fit.ts';

/** Hidden axis from 0 to 1 across the plot: a threshold spans it whatever the number of categories. */
export function spanAxis(axis: 'x' | 'y') {
  return { type: 'linear', axis, display: false, offset: false, min: 0, max: 1 } as const;
}

/**
 * Constant dashed lines, as data sets, because that is what every renderer of Chart.js can draw.
 *
 * @param along the axis on which the values stand
 * @param over over bars the dashes get a paper-coloured edge, without which they vanish on a bar of their colour
 */
export function thresholdDatasets(
  thresholds: readonly Threshold[],
  along: 'x' | 'y',
  over: 'lines' | 'bars',
): ChartDataset<'line', { x: number; y: number }[]>[] {
  return thresholds.flatMap((threshold, index) => {
    const value = drawableValue(threshold.value);
    const line = {
      type: 'line' as const,
      label: threshold.label,
      data: along === 'y' ? [at(0, value), at(1, value)] : [at(value, 0), at(value, 1)],
      ...(along === 'y' ? { xAxisID: 'span' } : { yAxisID: 'span', indexAxis: 'y' as const }),
      borderDash: [7, 5],
      pointRadius: 0,
      fill: false as const,
      // At the edge of the plot half of the line would be cut off.
      clip: 4,
    };
    // Dashed as well: an unbroken line would look like a seam between two parts.
    const below = { ...line, borderColor: ink.paper, borderWidth: 5, order: -1, stack: `below ${index}` };
    const dashes = {
      ...line,
      borderColor: toneColours[threshold.tone].graphic,
      borderWidth: 2,
      order: -2,
      stack: `threshold ${index}`,
    };
    return over === 'bars' ? [below, dashes] : [dashes];
  });
}

function at(x: number, y: number): { x: number; y: number } {
  return { x, y };
}

export const pillHeight = 21;

/** A label on paper with a coloured edge: readable on top of anything. */
export function drawPill(
  context: Context,
  fonts: ChartFonts,
  text: string,
  box: Box,
  tone: Threshold['tone'],
): void {
  const colours = toneColours[tone];
  context.beginPath();
  context.roundRect(box.left, box.top, box.width, box.height, box.height / 2);
  context.fillStyle = colours.tint;
  context.fill();
  context.lineWidth = 1;
  context.strokeStyle = colours.graphic;
  context.stroke();
  drawText(context, fonts, text, box.left + box.width / 2, box.top + box.height / 2 + 0.5, {
    size: typeSizes.small,
    weight: 600,
    colour: colours.text,
    align: 'center',
    baseline: 'middle',
  });
}

/** Draws one pill per horizontal threshold line, where it covers least; returns the boxes it took. */
export function drawThresholdPills(
  context: Context,
  fonts: ChartFonts,
  thresholds: readonly Threshold[],
  pixelOf: (value: number) => number,
  around: Surroundings,
): readonly Box[] {
  const measure = textRuler(fonts, typeSizes.small, 600);
  const taken: Box[] = [...around.taken];
  for (const threshold of thresholds) {
    if (threshold.label === '') continue;
    const text = cutToWidth(threshold.label, around.area.width * 0.45, measure);
    const width = measure(text) + 18;
    const y = pixelOf(drawableValue(threshold.value));
    const lefts = [1, 0, 0.5, 0.75, 0.25].map(
      (share) => around.area.left + 6 + share * (around.area.width - 12 - width),
    );
    const candidates = lefts.flatMap((left) =>
      [y - pillHeight - 5, y + 5].map((top) => ({ left, top, width, height: pillHeight })),
    );
    // On the line itself when both sides are full of data.
    candidates.push({ left: lefts[0] ?? 0, top: y - pillHeight / 2, width, height: pillHeight });
    const box = placeLabel(candidates, { ...around, taken });
    drawPill(context, fonts, text, box, threshold.tone);
    taken.push(box);
  }
  return taken;
}

/** Text with a paper edge, so that it stays readable on a line. */
export function drawHaloText(
  context: Context,
  fonts: ChartFonts,
  text: string,
  box: Box,
  colour: string,
): void {
  context.font = fonts.font(typeSizes.small, 600);
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = 4;
  context.strokeStyle = ink.paper;
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2 + 0.5];
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
}
